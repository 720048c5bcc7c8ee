package io.leadloom.packs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text as whole words, and whether a phrase occurs among them. Whole words matter: "fire" is not
 * in "Firefly", "na" is not in "National". A word of a phrase that ends in {@code *} stands for
 * every word that begins so.
 */
final class Words {

  private static final Pattern DROPPED = Pattern.compile("[.'’`]");
  private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{Nd}*]+");

  private static final String END_OF_TEXT = "";

  private final List<String> words;

  private Words(List<String> words) {
    this.words = words;
  }

  /**
   * Full stops and apostrophes vanish ("V.P." is "vp"), "&" is "and", all else that is no letter or
   * digit separates.
   */
  static Words of(String text) {
    String plain =
        DROPPED.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("").replace("&", " and ");
    List<String> words = new ArrayList<>();
    for (String word : SEPARATOR.split(plain)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return new Words(List.copyOf(words));
  }

  /** Several texts; no phrase spans two of them. */
  static Words ofEach(String... texts) {
    List<String> words = new ArrayList<>();
    for (String text : texts) {
      words.addAll(of(text).words);
      words.add(END_OF_TEXT);
    }
    return new Words(List.copyOf(words));
  }

  List<String> list() {
    return words;
  }

  boolean containsAny(List<String> phrases) {
    return phrases.stream().anyMatch(this::contains);
  }

  boolean contains(String phrase) {
    List<String> wanted = of(phrase).words;
    for (int start = 0; start + wanted.size() <= words.size(); start++) {
      if (!wanted.isEmpty() && matchesAt(start, wanted)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesAt(int start, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!matches(words.get(start + i), wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String word, String wanted) {
    return wanted.endsWith("*")
        ? word.startsWith(wanted.substring(0, wanted.length() - 1))
        : word.equals(wanted);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
