package io.leadloom.model.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text in a form that rules can be matched with: compatibility forms resolved (NFKC), lower case,
 * without accents, apostrophes, quotation marks and emoji, one blank between words. Whole words
 * matter: "no" is not in "know".
 */
public final class Sentences {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern APOSTROPHES = Pattern.compile("['\u2018\u2019\u02bc`\u00b4]");
  private static final Pattern EMAIL = Pattern.compile("\\be[-\\s]mail");
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@]{1,64}@\\S+|https?://\\S+|www\\.\\S+");

  /** A full stop inside a number, an abbreviation or a name of a file ends nothing. */
  private static final Pattern END_OF_SENTENCE = Pattern.compile("[!?\u2026\n]+|\\.+(?=\\s|$)");

  private static final Pattern END_OF_CLAUSE = Pattern.compile("[,;:()\u2013\u2014]|\\s-\\s");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{Nd}$%]+");

  private final String normal;

  private Sentences(String normal) {
    this.normal = normal;
  }

  /** The sentences of a text. */
  public static Sentences of(String text) {
    var composed = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    var plain = MARKS.matcher(Normalizer.normalize(composed, Normalizer.Form.NFD)).replaceAll("");
    var joined = APOSTROPHES.matcher(plain).replaceAll("");
    var unlinked = ADDRESS.matcher(joined).replaceAll(" ");
    return new Sentences(EMAIL.matcher(unlinked).replaceAll("email"));
  }

  /** All words of the text, one blank between them. */
  public String words() {
    return words(normal);
  }

  /** The words of each sentence; a line's end is a sentence's end only where it is marked. */
  public List<String> list() {
    return split(END_OF_SENTENCE, unwrapped());
  }

  /** The words of each clause: what stands between commas, colons and dashes as well. */
  public List<String> clauses() {
    return Arrays.stream(END_OF_SENTENCE.split(normal))
        .flatMap(sentence -> split(END_OF_CLAUSE, sentence).stream())
        .toList();
  }

  /** The sentences that end with a question mark. */
  public List<String> questions() {
    var questions = new ArrayList<String>();
    var text = unwrapped();
    var start = 0;
    var ends = END_OF_SENTENCE.matcher(text);
    while (ends.find()) {
      if (ends.group().contains("?")) {
        var words = words(text.substring(start, ends.start()));
        if (!words.isEmpty()) {
          questions.add(words);
        }
      }
      start = ends.end();
    }
    return List.copyOf(questions);
  }

  /** Mail programs break long lines; only an empty line separates for sure. */
  private String unwrapped() {
    return normal.replaceAll("(?<=[^.!?\n,:])\n(?=[^\n])", " ");
  }

  private static List<String> split(Pattern separator, String text) {
    return Arrays.stream(separator.split(text))
        .map(Sentences::words)
        .filter(words -> !words.isEmpty())
        .toList();
  }

  private static String words(String text) {
    return NO_WORD.matcher(text).replaceAll(" ").strip();
  }
}
