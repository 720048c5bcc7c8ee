package io.leadloom.packs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parts of a text that state a fact and can be right or wrong: links, addresses, phone numbers,
 * citations, figures and names. Two texts are compared by them: what one holds and the other does
 * not was made up.
 */
final class FactTokens {

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

  private FactTokens() {}

  static Set<String> emails(String text) {
    return found(EMAIL, text);
  }

  /** Links that any mail program shows as such, written with their scheme or {@code www}. */
  static Set<String> fullLinks(String text) {
    return found(FULL, text);
  }

  /** Full links, and what a mail program may take for one: a host name. */
  static Set<String> links(String text) {
    return found(LINK, EMAIL.matcher(text).replaceAll(" "));
  }

  /** By their digits, so that the way they are written does not matter. */
  static Set<String> phones(String text) {
    var digits = new LinkedHashSet<String>();
    for (var phone : found(PHONE, withoutAddresses(text))) {
      digits.add(phone.replaceAll("\\D", ""));
    }
    return digits;
  }

  static Set<String> citations(String text) {
    return found(CITATION, withoutAddresses(text));
  }

  static Set<String> figures(String text) {
    var figures = new LinkedHashSet<String>();
    for (var figure : found(FIGURE, withoutAddresses(text))) {
      figures.add(figure.replace(",", ""));
    }
    figures.addAll(found(NUMBER_WORD, text));
    return figures;
  }

  /** Capitalised words that do not begin a sentence. */
  static Set<String> names(String text) {
    return found(NAME, withoutAddresses(text));
  }

  /** All words of a text, in lower case. */
  static Set<String> words(String text) {
    return new LinkedHashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")));
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
