package io.leadloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which campaign takes a lead that names none. */
class CampaignRosterTest {

  private static final int COMPANIES = 10_000;

  @Test
  void companiesAreDealtOutByAllocationAndTheDefaultTakesTheRest() {
    var roster =
        CampaignRoster.of(
            List.of(
                campaign("a", Campaign.Status.ACTIVE, 50),
                campaign("b", Campaign.Status.ACTIVE, 30)));
    var shares = shares(roster);
    assertThat(shares.get("a")).isCloseTo(.5, within(.03));
    assertThat(shares.get("b")).isCloseTo(.3, within(.03));
    assertThat(shares.get("default")).isCloseTo(.2, within(.03));
    assertThat(shares(roster)).isEqualTo(shares);
  }

  @Test
  void onlyActiveCampaignsTakeTheirShare() {
    var roster =
        CampaignRoster.of(
            List.of(
                campaign("a", Campaign.Status.DRAFT, 50),
                campaign("b", Campaign.Status.PAUSED, 50),
                campaign("c", Campaign.Status.ACTIVE, null)));
    assertThat(shares(roster)).containsOnlyKeys("default");
    assertThat(roster.allocated()).isZero();
  }

  @Test
  void whereTheDefaultIsOverTheOthersShareAllInProportion() {
    var roster =
        CampaignRoster.of(
            List.of(
                campaign("a", Campaign.Status.ACTIVE, 30),
                campaign("b", Campaign.Status.ACTIVE, 10),
                campaign("default", Campaign.Status.COMPLETED, null)));
    var shares = shares(roster);
    assertThat(shares.get("a")).isCloseTo(.75, within(.03));
    assertThat(shares.get("b")).isCloseTo(.25, within(.03));
  }

  @Test
  void aCompletedCampaignLeavesTheRoster() {
    var roster = CampaignRoster.of(List.of(campaign("a", Campaign.Status.ACTIVE, 100)));
    assertThat(roster.size()).isEqualTo(2);
    var after = roster.with(campaign("a", Campaign.Status.COMPLETED, 100));
    assertThat(after.size()).isEqualTo(1);
    assertThat(after.with(campaign("default", Campaign.Status.COMPLETED, null)).campaignFor("x"))
        .isEqualTo(Optional.empty());
  }

  private static Map<String, Double> shares(CampaignRoster roster) {
    return IntStream.range(0, COMPANIES)
        .mapToObj(n -> roster.campaignFor("company " + n).orElseThrow().value())
        .collect(Collectors.groupingBy(id -> id, Collectors.summingDouble(id -> 1.0 / COMPANIES)));
  }

  private static Campaign campaign(
      String id, Campaign.Status status, @Nullable Integer allocation) {
    return Campaign.made(CampaignId.of(id), id, status, Instant.EPOCH).allocated(allocation);
  }
}
