package io.leadloom.drafting;

import io.leadloom.model.Draft;
import io.leadloom.model.Ids;
import io.leadloom.packs.DraftingRules;
import io.leadloom.packs.MessageChecks.Problem;
import io.leadloom.packs.QuestionKind;
import io.leadloom.packs.Template;
import io.leadloom.packs.TemplateKind;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the pack's templates. Which variant a lead gets depends on its id alone, so that writing
 * again writes the same; a variant that lacks a fact or fails a check gives way to the next.
 */
@Singleton
final class TemplateWriter implements MessageWriter {

  private static final String AUTHOR = "template:";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

  @Override
  public Result write(Brief brief, Check check) {
    var problems = new ArrayList<Problem>();
    for (var template : candidates(brief)) {
      var missing = missing(template, brief.facts());
      if (missing.isPresent()) {
        problems.add(
            new Problem(
                "draft.fact-missing",
                "Template " + template.id() + " needs " + missing.get() + ", which is not known"));
        continue;
      }
      var subject =
          brief.subject(template.subject().map(text -> filled(text, brief.facts())).orElse(""));
      var text = filled(template.body(), brief.facts());
      var found = check.problems(subject, text);
      if (found.isEmpty()) {
        return new Result.Written(AUTHOR + template.id(), subject, text, Tokens.NONE);
      }
      problems.addAll(found);
    }
    return new Result.Refused(problems, Tokens.NONE);
  }

  private static List<Template> candidates(Brief brief) {
    var order = new ArrayList<>(rotated(variants(brief), brief));
    order.sort(Comparator.comparing(template -> lastUse(template, brief.earlier())));
    if (wantsShorter(brief)) {
      order.sort(Comparator.comparing(template -> template.body().length()));
    }
    brief
        .revises()
        .ifPresent(revised -> {
          if (order.size() > 1) {
            order.removeIf(template -> wrote(template, revised));
          }
        });
    return order;
  }

  private static List<Template> variants(Brief brief) {
    return brief.kind() == TemplateKind.ANSWER
        ? answers(brief.rules(), brief.question())
        : brief.rules().templates(brief.kind());
  }

  /** Those for the kind of question first; the general answer fits any. */
  private static List<Template> answers(DraftingRules rules, QuestionKind question) {
    var all = new LinkedHashSet<>(rules.answers(question));
    all.addAll(rules.answers(QuestionKind.GENERAL));
    return List.copyOf(all);
  }

  /** Answers stay in their order, as it goes from the special to the general. */
  private static List<Template> rotated(List<Template> variants, Brief brief) {
    var turned = new ArrayList<>(variants);
    if (brief.kind() != TemplateKind.ANSWER) {
      var hash = Integer.parseUnsignedInt(Ids.hash(brief.lead().value()).substring(0, 8), 16);
      Collections.rotate(turned, -Integer.remainderUnsigned(hash, Math.max(1, variants.size())));
    }
    return turned;
  }

  /** A text the recipient has not read yet goes before one they have. */
  private static int lastUse(Template template, List<Draft> earlier) {
    for (var i = earlier.size() - 1; i >= 0; i--) {
      if (wrote(template, earlier.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean wrote(Template template, Draft draft) {
    return draft.author().equals(AUTHOR + template.id());
  }

  private static boolean wantsShorter(Brief brief) {
    return brief
        .note()
        .map(note -> note.toLowerCase(Locale.ROOT))
        .filter(note -> note.contains("shorter") || note.contains("too long"))
        .isPresent();
  }

  private static Optional<String> missing(Template template, MessageFacts facts) {
    return template.placeholders().stream().filter(name -> facts.value(name).isEmpty()).findFirst();
  }

  private static String filled(String text, MessageFacts facts) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(facts.value(found.group(1)).orElseThrow()));
  }
}
