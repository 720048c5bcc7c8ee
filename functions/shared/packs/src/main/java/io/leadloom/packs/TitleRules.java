package io.leadloom.packs;

import java.util.List;

/**
 * How a job title is ranked: the first rule with a phrase that occurs in the title as whole words
 * decides, so "vice president" stands before "president" and "assistant to" before "ceo".
 *
 * @param rules tried in this order
 * @param other for a title that no rule knows
 * @param none for no title
 */
public record TitleRules(List<TitleRule> rules, Points other, Points none) {

  public TitleRules {
    rules = List.copyOf(rules);
  }

  /** The points of a title with their reason. */
  public Points rank(String title) {
    Words words = Words.of(title);
    if (words.list().isEmpty()) {
      return none;
    }
    return rules.stream()
        .filter(rule -> words.containsAny(rule.any()))
        .findFirst()
        .map(rule -> new Points(rule.points(), rule.reasonCode()))
        .orElse(other);
  }
}
