package io.leadloom.drafting;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes text from records and replies fit for a sentence: one line, not shouting, not endless. */
final class PlainText {

  private static final int LONGEST = 200;
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}\\u00a0]+");
  private static final Pattern ADDRESSES =
      Pattern.compile(
          "(?i)\\s*(?:(?:https?://|www\\.)\\S*[^\\s.!?,;]|\\S+@\\S+\\.\\S*[^\\s.!?,;])");
  private static final Pattern SENTENCE = Pattern.compile("[^.!?]+[.!?]*");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private PlainText() {}

  /** The text on one line, cut where it is longer than anything a sentence could hold. */
  static String line(String text) {
    var line = BLANKS.matcher(text).replaceAll(" ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST).strip() + "…";
  }

  /**
   * The line in ordinary case where the record is all in capitals, as municipal records often are.
   */
  static String calm(String text) {
    var line = line(text);
    if (line.chars().anyMatch(Character::isLowerCase)) {
      return line;
    }
    return WORD.matcher(line)
        .replaceAll(word ->
            word.group().length() <= 2
                ? word.group()
                : word.group().charAt(0) + word.group().substring(1).toLowerCase(Locale.ROOT));
  }

  /**
   * The sentence of a reply that asks something, or its first sentence, without links and
   * addresses: what comes from outside must not travel on in our name.
   */
  static String question(String reply) {
    var text = ADDRESSES.matcher(reply).replaceAll("").replace('"', '\'');
    var sentences =
        SENTENCE
            .matcher(text)
            .results()
            .map(s -> line(s.group()))
            .filter(s -> !s.isEmpty())
            .toList();
    return sentences.stream()
        .filter(sentence -> sentence.endsWith("?"))
        .findFirst()
        .or(() -> sentences.stream().findFirst())
        .orElse("");
  }
}
