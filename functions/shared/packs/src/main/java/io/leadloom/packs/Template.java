package io.leadloom.packs;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message with {@code {{placeholders}}}.
 *
 * @param id unique in the pack
 * @param kind what it is for
 * @param answers for {@link TemplateKind#ANSWER} the kind of question it answers, else absent
 * @param subject one line; follow-ups and answers keep the thread's subject and leave it out
 * @param body plain text, paragraphs apart by a blank line, without footer
 */
public record Template(
    String id,
    TemplateKind kind,
    Optional<QuestionKind> answers,
    Optional<String> subject,
    String body) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

  /** The placeholders used in subject and body, without braces. */
  public Set<String> placeholders() {
    return placeholders(subject.orElse("") + "\n" + body);
  }

  /** The placeholders used in any text, without braces. */
  public static Set<String> placeholders(String text) {
    Set<String> found = new LinkedHashSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1).strip());
    }
    return found;
  }
}
