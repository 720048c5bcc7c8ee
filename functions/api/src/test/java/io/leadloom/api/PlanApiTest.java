package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Booking;
import io.leadloom.model.BookingId;
import io.leadloom.model.Cost;
import io.leadloom.model.LeadId;
import io.leadloom.model.Plan;
import io.leadloom.model.Role;
import io.leadloom.model.Subscription;
import io.leadloom.platform.Bookings;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an organisation subscribed to, has left, and is charged. */
class PlanApiTest {

  private static final LeadId LEAD = Samples.lead().id();

  @RegisterExtension final Platform platform = new Platform();

  private ApiClient owner;

  @BeforeEach
  void start() {
    platform.bean(Tenants.class).create(Samples.tenant().with(Subscription.to(Plan.smallest())));
    owner = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.OWNER);
  }

  @Test
  void theOwnerChangesThePlan() {
    var seen = owner.get("/v1/plan");
    assertThat(seen.body().at("/plan/id").asText()).isEqualTo("ignition");
    var changed = owner.change("PATCH", "/v1/plan", seen.header("etag"), "{\"plan\":\"velocity\"}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.body().at("/plan/monthlyLeads").asInt()).isEqualTo(2_250);
    assertThat(owner.get("/v1/credits").body().path("left").asInt()).isEqualTo(2_250);

    assertThat(
            owner
                .change("PATCH", "/v1/plan", seen.header("etag"), "{\"plan\":\"dominance\"}")
                .status())
        .isEqualTo(412);
    assertThat(owner.change("PATCH", "/v1/plan", "*", "{\"plan\":\"gold\"}").status())
        .isEqualTo(422);
    var admin = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.ADMIN);
    assertThat(admin.change("PATCH", "/v1/plan", "*", "{\"plan\":\"velocity\"}").status())
        .isEqualTo(403);
    assertThat(owner.get("/v1/plans").body().path("plans")).hasSize(3);
  }

  @Test
  void aPlanThatIsTooSmallForWhatIsOpenIsRefused() {
    owner.change("PATCH", "/v1/plan", "*", "{\"plan\":\"velocity\"}");
    for (var n = 0; n < Plan.smallest().campaigns(); n++) {
      owner.post("/v1/campaigns", "{\"name\":\"C\"}");
    }
    var refused = owner.change("PATCH", "/v1/plan", "*", "{\"plan\":\"ignition\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("code").asText()).isEqualTo("plan.too-small");
  }

  @Test
  void cancellingEndsWithTheMonthAndCanBeTakenBackUntilThen() {
    var cancelled = owner.change("PATCH", "/v1/plan", "*", "{\"cancelled\":true}");
    assertThat(cancelled.body().path("endsAt").asText()).isEqualTo("2026-04-01T00:00:00Z");
    assertThat(charged("2026-03")).isEqualTo(2_500_000_000L);
    assertThat(charged("2026-04")).isZero();

    owner.change("PATCH", "/v1/plan", "*", "{\"cancelled\":false}");
    assertThat(owner.get("/v1/plan").body().has("endsAt")).isFalse();
    assertThat(charged("2026-04")).isEqualTo(2_500_000_000L);

    owner.change("PATCH", "/v1/plan", "*", "{\"cancelled\":true}");
    platform.clock().advance(Duration.ofDays(60));
    assertThat(owner.change("PATCH", "/v1/plan", "*", "{\"cancelled\":false}").status())
        .isEqualTo(422);
  }

  @Test
  void aMonthIsChargedByThePlanItHad() {
    platform.clock().advance(Duration.ofDays(31));
    owner.change("PATCH", "/v1/plan", "*", "{\"plan\":\"dominance\"}");
    assertThat(charged("2026-03")).isEqualTo(2_500_000_000L);
    assertThat(charged("2026-04")).isEqualTo(7_500_000_000L);
  }

  @Test
  void creditsAreBoughtOnTopOnce() {
    var bought = owner.post("/v1/credits/top-ups", "{\"credits\":40}");
    assertThat(bought.status()).as(bought.text()).isEqualTo(201);
    assertThat(bought.body().path("left").asInt()).isEqualTo(1_290);
    var shown = owner.get("/v1/credits").body();
    assertThat(shown.path("extra").asInt()).isEqualTo(40);
    assertThat(shown.at("/entries/0/kind").asText()).isEqualTo("top_up");
    assertThat(owner.get("/v1/credits?month=2026-02").body().path("entries")).isEmpty();
    assertThat(owner.get("/v1/credits?month=2026-13").status()).isEqualTo(400);
    var member = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
    assertThat(member.post("/v1/credits/top-ups", "{\"credits\":40}").status()).isEqualTo(403);
  }

  @Test
  void aMonthsUsageTellsOutcomesChargesAndCosts() {
    var credits = platform.bean(Credits.class);
    for (var n = 0; n < 2; n++) {
      var lead = LeadId.of("lead-" + n);
      credits.reserve(Samples.TENANT, lead, 10);
      credits.charge(Samples.TENANT, lead);
      for (var twice = 0; twice < 2; twice++) {
        platform.bean(Leads.class).add(Samples.TENANT, lead, cost("cost-" + n, "apollo", 50_000));
        platform.bean(Leads.class).addSent(Samples.TENANT, lead, cost("sent-" + n, "ses", 100));
      }
    }
    owner.post("/v1/credits/top-ups", "{\"credits\":10}");
    var meeting =
        new Booking(
            BookingId.of("booking-1"),
            LEAD,
            TestClock.START.plusSeconds(3_600),
            TestClock.START.plusSeconds(5_400),
            "America/Chicago",
            "x-1",
            null,
            null,
            TestClock.START,
            0);
    platform.bean(Bookings.class).add(Samples.TENANT, meeting, Samples.auditEntry());
    platform.bean(Bookings.class).add(Samples.TENANT, meeting, Samples.auditEntry());

    var usage = owner.get("/v1/usage?month=2026-03").body();
    assertThat(usage.path("leadsEnriched").asInt()).isEqualTo(2);
    assertThat(usage.path("messagesSent").asInt()).isEqualTo(2);
    assertThat(usage.path("meetingsBooked").asInt()).isEqualTo(1);
    assertThat(usage.at("/costsMicroUsd/apollo").asLong()).isEqualTo(100_000);
    assertThat(usage.path("costMicroUsd").asLong()).isEqualTo(100_200);
    assertThat(usage.path("costPerLeadMicroUsd").asLong()).isEqualTo(50_100);
    assertThat(usage.at("/charges/planMicroUsd").asLong()).isEqualTo(2_500_000_000L);
    assertThat(usage.at("/charges/meetingsMicroUsd").asLong()).isEqualTo(90_000_000);
    assertThat(usage.at("/charges/creditsMicroUsd").asLong()).isEqualTo(20_000_000);
    assertThat(usage.path("marginMicroUsd").asLong()).isEqualTo(2_610_000_000L - 100_200);
    assertThat(owner.get("/v1/usage?month=2026-02").body().path("messagesSent").asInt()).isZero();
  }

  private long charged(String month) {
    return owner.get("/v1/usage?month=" + month).body().at("/charges/planMicroUsd").asLong();
  }

  private static Cost cost(String id, String provider, long microUsd) {
    return new Cost(id, "unit", provider, microUsd, TestClock.START);
  }
}
