package io.leadloom.packs;

import java.util.List;

/**
 * How urgent the matter of a permit is, 0 to 1: the first status weight and the first work weight
 * that hold, plus so much for each applicable code rule and each gap, plus a share for buildings
 * where people are hard to move.
 *
 * @param statuses weights by the permit's status
 * @param work weights by what is being done
 * @param perRule for each applicable code rule
 * @param maxRules cap of that
 * @param perGap for each gap found
 * @param maxGaps cap of that
 * @param highRiskBuildings words or phrases of a building type
 * @param highRiskBuilding for one of those
 */
public record UrgencyRules(
    List<WordWeight> statuses,
    List<WordWeight> work,
    double perRule,
    double maxRules,
    double perGap,
    double maxGaps,
    List<String> highRiskBuildings,
    double highRiskBuilding) {

  public UrgencyRules {
    statuses = List.copyOf(statuses);
    work = List.copyOf(work);
    highRiskBuildings = List.copyOf(highRiskBuildings);
  }

  /**
   * The urgency of one permit.
   *
   * @param status normalised, by {@link Statuses#of}
   * @param rules number of code rules that apply
   * @param gaps number of gaps found
   */
  public double of(PermitFacts permit, String status, int rules, int gaps) {
    Words work = Words.ofEach(permit.type(), permit.description(), permit.project());
    double sum =
        first(statuses, Words.of(status))
            + first(this.work, work)
            + Math.min(perRule * rules, maxRules)
            + Math.min(perGap * gaps, maxGaps)
            + (isHighRisk(permit.buildingType()) ? highRiskBuilding : 0);
    return Math.min(1, Math.round(sum * 1000) / 1000.0);
  }

  /** Whether people in such a building are hard to move. */
  public boolean isHighRisk(String buildingType) {
    return Words.of(buildingType).containsAny(highRiskBuildings);
  }

  private static double first(List<WordWeight> weights, Words words) {
    return weights.stream()
        .filter(weight -> words.containsAny(weight.any()))
        .findFirst()
        .map(WordWeight::weight)
        .orElse(0.0);
  }
}
