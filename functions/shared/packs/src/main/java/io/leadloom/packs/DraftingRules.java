package io.leadloom.packs;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Templates and the limits a draft must keep. The drafting code renders; this is data only.
 *
 * @param offer what the sender does, in one clause
 * @param facts what the sender may say about itself; a draft claims nothing beyond these, the
 *     permit and the research
 * @param templates several variants of each kind; one whose placeholders cannot all be filled is
 *     not used
 * @param footer follows every body: who writes, from where, and how to stop it
 * @param limits words of a body without its footer, by kind
 * @param subject what a subject must keep to
 * @param maxLinks in a body without its footer
 * @param bannedPhrases must not occur in subject or body, compared as whole words without case
 * @param questions how a question or objection is told by its words
 */
public record DraftingRules(
    String offer,
    List<String> facts,
    List<Template> templates,
    String footer,
    Map<TemplateKind, WordLimit> limits,
    SubjectRules subject,
    int maxLinks,
    List<String> bannedPhrases,
    List<QuestionRule> questions) {

  public DraftingRules {
    facts = List.copyOf(facts);
    templates = List.copyOf(templates);
    limits = Map.copyOf(limits);
    bannedPhrases = List.copyOf(bannedPhrases);
    questions = List.copyOf(questions);
  }

  /** The variants of a kind, in the pack's order. For answers see {@link #answers}. */
  public List<Template> templates(TemplateKind kind) {
    return templates.stream().filter(template -> template.kind() == kind).toList();
  }

  /** The variants that answer a kind of question, or the general ones where the kind has none. */
  public List<Template> answers(QuestionKind kind) {
    List<Template> special =
        templates(TemplateKind.ANSWER).stream()
            .filter(template -> template.answers().equals(Optional.of(kind)))
            .toList();
    return special.isEmpty() && kind != QuestionKind.GENERAL
        ? answers(QuestionKind.GENERAL)
        : special;
  }

  /** The kind of the first rule with a phrase in the text, else {@link QuestionKind#GENERAL}. */
  public QuestionKind questionKind(String text) {
    Words words = Words.of(text);
    return questions.stream()
        .filter(rule -> words.containsAny(rule.any()))
        .findFirst()
        .map(QuestionRule::kind)
        .orElse(QuestionKind.GENERAL);
  }

  /** The banned phrases that occur in a text. */
  public List<String> bannedIn(String text) {
    Words words = Words.of(text);
    return bannedPhrases.stream().filter(words::contains).toList();
  }
}
