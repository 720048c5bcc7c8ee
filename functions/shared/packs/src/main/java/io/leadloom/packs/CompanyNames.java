package io.leadloom.packs;

import java.util.ArrayList;
import java.util.List;

/**
 * How firm names are compared, and which are set aside.
 *
 * @param placeholders what stands in a contact column where no firm is known; compared with the
 *     whole value
 * @param legalSuffixes words at the end of a name that do not tell firms apart, such as "llc"
 * @param competitorAny words or phrases in the name of a firm that sells what the tenant sells
 */
public record CompanyNames(
    List<String> placeholders, List<String> legalSuffixes, List<String> competitorAny) {

  public CompanyNames {
    placeholders = List.copyOf(placeholders);
    legalSuffixes = List.copyOf(legalSuffixes);
    competitorAny = List.copyOf(competitorAny);
  }

  /**
   * The key under which two spellings of one firm meet: lower case, no punctuation, no legal
   * suffix; "Acme Builders, L.L.C." and "ACME BUILDERS" are one. Empty where nothing is left.
   */
  public String identity(String name) {
    List<String> words = joinLetters(Words.of(name).list());
    if (words.size() > 1 && words.getFirst().equals("the")) {
      words.removeFirst();
    }
    while (words.size() > 1 && endsWithSuffix(words)) {
      words.removeLast();
    }
    return String.join(" ", words);
  }

  /**
   * Single letters in a row are one word, so that "L. P." meets "LP" and "J. V. Homes" meets "JV
   * Homes".
   */
  private static List<String> joinLetters(List<String> words) {
    List<String> joined = new ArrayList<>();
    boolean inLetters = false;
    for (String word : words) {
      boolean letter = word.length() == 1 && Character.isLetter(word.charAt(0));
      if (letter && inLetters) {
        joined.set(joined.size() - 1, joined.getLast() + word);
      } else {
        joined.add(word);
      }
      inLetters = letter;
    }
    return joined;
  }

  private boolean endsWithSuffix(List<String> words) {
    return legalSuffixes.contains(words.getLast());
  }

  /** Whether the value names no firm at all. */
  public boolean isPlaceholder(String name) {
    String value = Words.of(name).toString();
    return value.isEmpty()
        || placeholders.stream().anyMatch(word -> Words.of(word).toString().equals(value));
  }

  /** Whether the name says that the firm sells what the tenant sells. */
  public boolean isCompetitor(String name) {
    return Words.of(name).containsAny(competitorAny);
  }
}
