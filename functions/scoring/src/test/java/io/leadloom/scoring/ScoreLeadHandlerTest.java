package io.leadloom.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Company;
import io.leadloom.model.Icp;
import io.leadloom.model.Lead;
import io.leadloom.model.Milestone;
import io.leadloom.model.Score;
import io.leadloom.model.Stage;
import io.leadloom.model.Suppression;
import io.leadloom.model.TenantBuilder;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreLeadHandlerTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void anOwnerWithAFreshPermitQualifies() {
    stored(Samples.enrichedLead());
    var answer = Events.send(new ScoreLeadHandler(), "scoring/score-lead--enriched");
    assertThat(answer.path("outcome").asText()).isEqualTo("QUALIFIED");
    assertThat(answer.path("tier").asText()).isEqualTo("hot");
    var story = platform.bean(Leads.class).story(Samples.TENANT, Samples.lead().id());
    assertThat(story.lead().stage()).isEqualTo(Stage.QUALIFIED);
    assertThat(story.lead().reached()).containsKey(Milestone.QUALIFIED);
    assertThat(story.lead().score()).isEqualTo(answer.path("points").asInt());
    assertThat(story.scores()).hasSize(1);
    assertThat(story.scores().getFirst().urgency()).isGreaterThan(0.5);
  }

  @Test
  void aRepeatedStepGivesTheSameAnswerAndNoSecondScore() {
    stored(Samples.enrichedLead());
    var first = Events.send(new ScoreLeadHandler(), "scoring/score-lead--enriched");
    platform.clock().advance(Duration.ofMinutes(5));
    assertThat(Events.send(new ScoreLeadHandler(), "scoring/score-lead--enriched"))
        .isEqualTo(first);
    assertThat(platform.bean(Leads.class).story(Samples.TENANT, Samples.lead().id()).scores())
        .hasSize(1);
  }

  @Test
  void theCustomersThatACampaignWantsGoBeforeThoseOfItsTenant() {
    stored(Samples.enrichedLead());
    var asTheTradeHasIt = fit();
    var schools = new Icp(List.of("school*"), 1_000, null, List.of("US-CA"));
    platform
        .bean(Tenants.class)
        .create(TenantBuilder.builder(Samples.tenant()).icp(schools).build());
    assertThat(fit()).isZero();
    var campaigns = platform.bean(Campaigns.class);
    var campaign = campaigns.get(Samples.TENANT, Samples.CAMPAIGN);
    var builders = new Icp(List.of("construction"), 10, 50, List.of("US-TX"));
    campaigns.keep(Samples.TENANT, campaign.wanting(builders), 20);
    assertThat(fit()).isGreaterThanOrEqualTo(asTheTradeHasIt);
    assertThat(
            platform.bean(Leads.class).story(Samples.TENANT, Samples.lead().id()).scores().stream()
                .map(Score::version)
                .distinct())
        .hasSize(3);
  }

  /** Points for the fit, in a score given now. */
  private int fit() {
    platform.clock().advance(Duration.ofMinutes(5));
    Events.send(new ScoreLeadHandler(), "scoring/score-lead--enriched");
    return platform
        .bean(Leads.class)
        .story(Samples.TENANT, Samples.lead().id())
        .scores()
        .getLast()
        .components()
        .stream()
        .filter(component -> component.name().equals("fit"))
        .mapToInt(Score.Component::points)
        .sum();
  }

  @Test
  void aSuppressedContactIsVetoed() {
    stored(Samples.enrichedLead());
    suppressed();
    var answer = Events.send(new ScoreLeadHandler(), "scoring/score-lead--enriched");
    assertThat(answer.path("outcome").asText()).isEqualTo("VETOED");
    assertThat(answer.path("reason").asText()).isEqualTo("veto.unsubscribed");
    assertThat(stage()).isEqualTo(Stage.NEW);
  }

  @Test
  void aFirmThatSellsTheSameIsVetoed() {
    var rival =
        Company.named(
            "Copperline Fire Protection", Samples.company().key(), null, null, "TX", null);
    stored(Samples.lead().enriched(rival, Samples.contact(), null, TestClock.START));
    var answer = Events.send(new ScoreLeadHandler(), "scoring/score-lead--enriched");
    assertThat(answer.path("reason").asText()).isEqualTo("veto.competitor");
  }

  @Test
  void aLeadOfWhichLittleIsKnownIsBelowTheBar() {
    stored(Samples.lead());
    var answer = Events.send(new ScoreLeadHandler(), "scoring/score-lead--enriched");
    assertThat(answer.path("outcome").asText()).isEqualTo("BELOW_BAR");
    assertThat(answer.path("reason").asText()).isEqualTo("score.below-bar");
    assertThat(stage()).isEqualTo(Stage.NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUALIFIED", "BELOW_BAR", "VETOED"})
  void aCrashAnywhereChangesNothing(String outcome) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              stored(outcome.equals("BELOW_BAR") ? Samples.lead() : Samples.enrichedLead());
              if (outcome.equals("VETOED")) {
                suppressed();
              }
            },
            () -> {
              var answer = Events.send(new ScoreLeadHandler(), "scoring/score-lead--enriched");
              assertThat(answer.path("outcome").asText()).isEqualTo(outcome);
              return answer;
            });
  }

  private void suppressed() {
    platform
        .bean(Suppressions.class)
        .add(
            Samples.TENANT,
            new Suppression(
                Suppression.hashOf(Samples.contact().email()),
                "opt-out.reply",
                "test",
                TestClock.START));
  }

  private Stage stage() {
    return platform.bean(Leads.class).get(Samples.TENANT, Samples.lead().id()).stage();
  }

  private void stored(Lead lead) {
    platform.bean(Permits.class).raise(Samples.TENANT, Samples.row(), lead, Samples.signal());
  }
}
