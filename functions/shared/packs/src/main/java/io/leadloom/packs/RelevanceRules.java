package io.leadloom.packs;

import java.time.LocalDate;
import java.util.List;

/**
 * Which permits are a reason to talk: the first rule whose condition holds decides, and where none
 * does the permit is not relevant. Every permit keeps its reason code either way.
 *
 * @param rules tried in this order
 * @param otherwise reason code where no rule matches
 */
public record RelevanceRules(List<RelevanceRule> rules, String otherwise) {

  public RelevanceRules {
    rules = List.copyOf(rules);
  }

  /**
   * Judges one permit.
   *
   * @param today the day against which "issued within" is measured
   */
  public Relevance judge(PermitFacts permit, LocalDate today) {
    return rules.stream()
        .filter(rule -> rule.when().holds(permit, today))
        .findFirst()
        .map(rule -> new Relevance(rule.relevant(), rule.reasonCode(), rule.urgency().orElse(0.0)))
        .orElseGet(() -> new Relevance(false, otherwise, 0));
  }
}
