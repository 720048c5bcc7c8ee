package io.leadloom.packs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parts of a text that state a fact and can be right or wrong. Two texts are compared by them:
 * what one holds and the other does not was made up. All are in lower case.
 *
 * @param phones by their digits, so that the way they are written does not matter
 * @param figures with their currency or percent sign, and numbers in words
 * @param names capitalised words that do not begin a sentence
 * @param words all words
 */
record FactTokens(
    Set<String> links,
    Set<String> emails,
    Set<String> phones,
    Set<String> citations,
    Set<String> figures,
    Set<String> names,
    Set<String> words) {

  private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
  private static final String FULL_LINK = "\\b(?:https?://|www\\.)[^\\s<>\"]+";
  private static final Pattern FULL = Pattern.compile("(?i)" + FULL_LINK);
  private static final Pattern LINK =
      Pattern.compile("(?i)" + FULL_LINK + "|\\b(?:[a-z0-9-]+\\.)+[a-z]{2,}(?:/[^\\s<>\"]*)?");
  private static final Pattern PHONE = Pattern.compile("\\+?\\(?\\d(?:[\\d.\\s-]|\\)\\s?){7,}\\d");
  private static final Pattern CITATION =
      Pattern.compile("\\b[A-Z]{2,}[\\s§]+[A-Z]?\\d[\\w.]*|§+\\s?[A-Z]?\\d[\\w.]*");
  private static final Pattern FIGURE = Pattern.compile("[$€£]?\\d[\\d.,]*\\s?%?");
  private static final Pattern NUMBER_WORD =
      Pattern.compile(
          "(?i)\\b(?:eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
              + "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?"
              + "|dozens?|percent)\\b");
  private static final Pattern NAME =
      Pattern.compile("(?<=[\\p{L}\\p{Nd},;)\"'’”-] )\\p{Lu}\\p{L}+");
  private static final Pattern END = Pattern.compile("[.,;:!?)'\"’”]+$");

  /** The parts of a text. */
  static FactTokens of(String text) {
    var plain = withoutAddresses(text);
    return new FactTokens(
        links(text),
        found(EMAIL, text),
        phones(plain),
        found(CITATION, plain),
        figures(plain),
        found(NAME, plain),
        new LinkedHashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))));
  }

  /** Links that any mail program shows as such, written with their scheme or {@code www}. */
  static Set<String> fullLinks(String text) {
    return found(FULL, text);
  }

  /** Full links, and what a mail program may take for one: a host name. */
  static Set<String> links(String text) {
    return found(LINK, EMAIL.matcher(text).replaceAll(" "));
  }

  private static Set<String> phones(String text) {
    var digits = new LinkedHashSet<String>();
    for (var phone : found(PHONE, text)) {
      digits.add(phone.replaceAll("\\D", ""));
    }
    return digits;
  }

  private static Set<String> figures(String text) {
    var figures = new LinkedHashSet<String>();
    for (var figure : found(FIGURE, text)) {
      figures.add(figure.replace(",", ""));
    }
    figures.addAll(found(NUMBER_WORD, text));
    return figures;
  }

  private static String withoutAddresses(String text) {
    return LINK.matcher(EMAIL.matcher(text).replaceAll(" ")).replaceAll(" ");
  }

  private static Set<String> found(Pattern pattern, String text) {
    var tokens = new LinkedHashSet<String>();
    var matcher = pattern.matcher(text);
    while (matcher.find()) {
      var token = END.matcher(matcher.group().replaceAll("\\s+", " ").strip()).replaceAll("");
      tokens.add(token.toLowerCase(Locale.ROOT));
    }
    return tokens;
  }
}
