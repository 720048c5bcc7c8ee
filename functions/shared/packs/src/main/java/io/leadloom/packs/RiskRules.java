package io.leadloom.packs;

import java.util.List;

/**
 * What speaks against a lead. The component starts at {@code max}, loses the points of what is
 * found and stops at 0.
 *
 * @param max points where nothing is found
 * @param bounced an address of the contact bounced before; points to take off
 * @param badTitle the title is one of {@code badTitles}; points to take off
 * @param badTitles words or phrases of people who do not buy
 * @param vetoes conditions that make a lead dead whatever its points: codes out of {@code
 *     unsubscribed}, {@code suppressed}, {@code competitor}, {@code hard-bounced}
 */
public record RiskRules(
    int max, Points bounced, Points badTitle, List<String> badTitles, List<String> vetoes) {

  public RiskRules {
    badTitles = List.copyOf(badTitles);
    vetoes = List.copyOf(vetoes);
  }

  /** Whether the title is that of someone who does not buy. */
  public boolean isBadTitle(String title) {
    return Words.of(title).containsAny(badTitles);
  }
}
