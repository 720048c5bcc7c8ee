package io.leadloom.packs;

import io.leadloom.model.Icp;
import io.leadloom.model.Ids;
import java.util.List;

/**
 * What an enriched lead is worth, 0 to 100: the sum of five components, each capped. A veto of
 * {@link RiskRules} makes the lead dead whatever the sum.
 *
 * @param version changes with every change of a weight, so that a kept score can be explained
 * @param dataQuality how reachable the contact is
 * @param authority whether the contact decides
 * @param fit whether the firm is one the trade sells to
 * @param timing whether now is the moment
 * @param risk what speaks against it
 * @param tiers best first; the last begins at 0
 * @param qualifyAt the least score that is worth a message
 * @param urgency the urgency of a permit, which {@code timing} turns into points
 */
public record ScoringRules(
    String version,
    DataQualityRules dataQuality,
    AuthorityRules authority,
    FitRules fit,
    TimingRules timing,
    RiskRules risk,
    List<Tier> tiers,
    int qualifyAt,
    UrgencyRules urgency) {

  public ScoringRules {
    tiers = List.copyOf(tiers);
  }

  /** The same rules for customers that a tenant named, under a version that tells them apart. */
  public ScoringRules narrowedTo(Icp icp) {
    var sum =
        Ids.hash(
            String.join("\n", icp.industries()),
            String.valueOf(icp.minEmployees()),
            String.valueOf(icp.maxEmployees()),
            String.join("\n", icp.places()));
    return new ScoringRules(
        version + "+icp-" + sum.substring(0, 8),
        dataQuality,
        authority,
        fit.narrowedTo(icp),
        timing,
        risk,
        tiers,
        qualifyAt,
        urgency);
  }

  /** The tier of a score from 0 to 100. */
  public Tier tier(int score) {
    return tiers.stream()
        .filter(tier -> score >= tier.atLeast())
        .findFirst()
        .orElse(tiers.getLast());
  }
}
