package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.clock.StackClock;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Plan;
import io.leadloom.model.Role;
import io.leadloom.model.Stage;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Wiring;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of leads whose tenant has no credits left. */
class CreditsE2ET {

  private static final Instant START = Instant.parse("2026-03-02T13:00:00Z");
  private static final YearMonth MONTH = YearMonth.parse("2026-03");
  private static final TenantId TENANT = TenantId.of("brightwater");
  private static final Plan PLAN = Plan.smallest();
  private static final int LEADS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @Test
  void theyWaitAndGoOnByThemselvesOnceThereAreSome() throws Exception {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var hold = clock.hold();
        var leadloom = LocalLeadloom.start(folder, 0, 0, clock, 1)) {
      LocalTenants.ensure(TENANT, "fire-safety", Tenant.Mode.CO_PILOT, "resend", PLAN);
      spendAll();
      var leads = raised(leadloom);
      until(leadloom, hold, leads, lead -> "enrichment.out-of-credit".equals(lead.reason()));
      assertThat(leads.stream().map(CreditsE2ET::lead).map(Lead::stage)).containsOnly(Stage.NEW);

      Wiring.bean(Credits.class).grant(TENANT, "operator-1", LEADS);
      until(leadloom, hold, leads, lead -> lead.stage() != Stage.NEW);

      var enriched =
          leads.stream().filter(id -> lead(id).reached().containsKey(Milestone.ENRICHED)).count();
      assertThat(enriched).isPositive();
      assertThat(clock.instant()).isBefore(START.plus(Duration.ofDays(2)));
      var tenant = Wiring.bean(Tenants.class).get(TENANT);
      var credits = Wiring.bean(Credits.class);
      assertThat(credits.balance(TENANT, MONTH, tenant.subscription().plan().monthlyLeads()).left())
          .isEqualTo(LEADS - enriched);
    }
  }

  private static List<LeadId> raised(LocalLeadloom leadloom) throws Exception {
    var token = LocalTokens.of(leadloom.issuer(), TENANT, Role.MEMBER);
    var ids = new ArrayList<LeadId>();
    try (var http = HttpClient.newHttpClient()) {
      for (var n = 0; n < LEADS; n++) {
        var record =
            Map.of(
                "source", "austin",
                "number", "FA-" + n,
                "type", "Fire Alarm Permit",
                "description", "Install fire alarm system, new medical office",
                "applicant",
                    List.of("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir").get(n)
                        + " Builders LLC",
                "city", "Austin",
                "state", "TX",
                "status", "issued",
                "issued", "2026-02-20");
        var request =
            HttpRequest.newBuilder(leadloom.api().resolve("/v1/leads"))
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .header("idempotency-key", "lead-" + n)
                .POST(BodyPublishers.ofString(Json.write(record)))
                .build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
            .as(new String(answer.body(), StandardCharsets.UTF_8))
            .isEqualTo(201);
        ids.add(LeadId.of(Json.tree(answer.body()).path("leadId").asText()));
      }
    }
    return ids;
  }

  /** Lets time pass until all of the leads are so. */
  private static void until(
      LocalLeadloom leadloom, StackClock.Hold hold, List<LeadId> leads, Predicate<Lead> are) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!leads.stream().map(CreditsE2ET::lead).allMatch(are)) {
      assertThat(System.nanoTime()).as("the leads come so far").isLessThan(deadline);
      if (leadloom.idle()) {
        hold.step();
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Lead lead(LeadId id) {
    return Wiring.bean(Leads.class).get(TENANT, id);
  }

  private static void spendAll() {
    Wiring.bean(DynamoDbClient.class)
        .putItem(b ->
            b.tableName(Wiring.bean(Settings.class).table())
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS("T#" + TENANT + "#CREDITS#" + MONTH),
                        "sk", AttributeValue.fromS("PLAN"),
                        "entity", AttributeValue.fromS("credits"),
                        "v", AttributeValue.fromN("1"),
                        "used", AttributeValue.fromN(Integer.toString(PLAN.monthlyLeads())))));
  }
}
