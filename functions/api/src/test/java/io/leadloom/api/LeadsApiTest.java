package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Company;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.PermitRow;
import io.leadloom.model.Role;
import io.leadloom.model.Stage;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeadsApiTest {

  private static final String RECORD =
      """
      {"source": "austin", "number": "%s", "type": "Fire Alarm Permit",
       "description": "Install fire alarm system, new medical office", "workType": "New",
       "buildingType": "Medical Office", "applicant": "Brightwater Builders LLC",
       "address": "12 Alder Way", "city": "Austin", "state": "TX", "zip": "78701",
       "status": "issued", "submitted": "2026-02-10", "issued": "2026-02-20",
       "valuation": 185000, "area": 12000}
      """;

  @RegisterExtension final Platform platform = new Platform();

  private ApiHandler handler;
  private ApiClient member;

  @BeforeEach
  void start() {
    platform.bean(Tenants.class).create(Samples.tenant());
    handler = new ApiHandler();
    member = ApiClient.of(handler, Samples.TENANT, Role.MEMBER);
  }

  @Test
  void aRecordThatShowsANeedRaisesALeadWhoseLifeStarts() {
    var created = member.post("/v1/leads", RECORD.formatted("FA-1"));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    var shown = member.get(created.header("location"));
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body().at("/company/name").asText()).isEqualTo("Brightwater Builders LLC");
    assertThat(shown.body().at("/stage").asText()).isEqualTo("new");
    assertThat(shown.body().at("/source").asText()).isEqualTo("austin");
    assertThat(shown.header("etag")).isNotEmpty();
    assertThat(platform.aws().calls("StartExecution")).hasSize(1);
  }

  @Test
  void aRecordWithoutANeedIsRefusedWithItsReason() {
    var refused =
        member.post(
            "/v1/leads",
            """
            {"source": "austin", "number": "G-1", "type": "Garage Sale",
             "applicant": "Brightwater Builders LLC"}
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("code").asText()).isEqualTo("record.set-aside");
    assertThat(refused.body().path("detail").asText()).contains("permit.other-trade");
  }

  @Test
  void everyMemberThatIsWrongIsNamed() {
    var refused =
        member.post(
            "/v1/leads",
            """
            {"source": "not an id", "number": 7, "colour": "red", "valuation": -1,
             "submitted": "yesterday"}
            """);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
    var fields = new HashSet<String>();
    refused.body().path("errors").forEach(error -> fields.add(error.path("field").asText()));
    assertThat(fields)
        .containsExactlyInAnyOrder(
            "/source", "/number", "/colour", "/valuation", "/submitted", "/applicant");
  }

  @Test
  void fiftyConcurrentCreationsOfOneLeadMakeOneLead() throws Exception {
    var leads = new HashSet<String>();
    var created = 0;
    var calls = new ArrayList<Callable<ApiClient.Reply>>();
    for (var i = 0; i < 50; i++) {
      var number = "FA-" + i;
      calls.add(() -> untilNotBusy(RECORD.formatted(number)));
    }
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var reply : threads.invokeAll(calls)) {
        assertThat(reply.get().status()).as(reply.get().text()).isIn(200, 201);
        created += reply.get().status() == 201 ? 1 : 0;
        leads.add(reply.get().body().path("leadId").asText());
      }
    }

    assertThat(leads).hasSize(1);
    assertThat(created).isEqualTo(1);
    assertThat(platform.bean(Leads.class).countInStage(Samples.TENANT, Stage.NEW)).isEqualTo(1);
  }

  private ApiClient.Reply untilNotBusy(String record) {
    var reply = member.post("/v1/leads", record);
    for (var attempt = 0; attempt < 50 && reply.status() == 503; attempt++) {
      reply = member.post("/v1/leads", record);
    }
    return reply;
  }

  @Test
  void pagesOfAListShowEachLeadOnce() {
    for (var i = 0; i < 7; i++) {
      raise("company " + i, i < 4 ? Stage.NEW : Stage.CONTACTED, i * 10);
    }

    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = member.get("/v1/leads?limit=2" + cursor);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.body().path("leads").forEach(lead -> seen.add(lead.at("/company/name").asText()));
      cursor = page.body().has("next") ? "&cursor=" + page.body().path("next").asText() : "";
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    assertThat(names("/v1/leads?stage=contacted")).hasSize(3);
    assertThat(names("/v1/leads?minScore=30&maxScore=50"))
        .containsExactlyInAnyOrder("company 3", "company 4", "company 5");
    assertThat(names("/v1/leads?q=COMPANY%206")).containsExactly("company 6");
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    raise("company 1", Stage.NEW, 1);
    raise("company 2", Stage.NEW, 1);
    var next = member.get("/v1/leads?limit=1").body().path("next").asText();

    assertThat(member.get("/v1/leads?limit=1&cursor=" + next).status()).isEqualTo(200);
    assertThat(member.get("/v1/leads?stage=new&cursor=" + next).status()).isEqualTo(400);
    assertThat(member.get("/v1/leads?cursor=nonsense").status()).isEqualTo(400);
  }

  @Test
  void aChangeNeedsTheRevisionThatWasSeen() {
    var path = "/v1/leads/" + raise("company 1", Stage.NEW, 1).value();
    var seen = member.get(path).header("etag");

    assertThat(member.send("PATCH", path, Map.of(), "{\"owner\":\"robin\"}").status())
        .isEqualTo(428);
    var changed = member.change("PATCH", path, seen, "{\"owner\":\"robin\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body().path("owner").asText()).isEqualTo("robin");
    assertThat(member.change("PATCH", path, seen, "{\"owner\":\"alex\"}").status()).isEqualTo(412);
    assertThat(names("/v1/leads?owner=robin")).containsExactly("company 1");
  }

  @Test
  void aDeletedLeadLeavesTheListsUntilItIsRestored() {
    var path = "/v1/leads/" + raise("company 1", Stage.CONTACTED, 1).value();

    assertThat(member.change("DELETE", path, "*", null).status()).isEqualTo(204);
    assertThat(names("/v1/leads")).isEmpty();
    assertThat(names("/v1/leads?deleted=true")).containsExactly("company 1");

    assertThat(member.post(path + "/restore", null).status()).isEqualTo(200);
    assertThat(names("/v1/leads?stage=contacted")).containsExactly("company 1");
  }

  @Test
  void theTimelineTellsWhatHappened() {
    var created = member.post("/v1/leads", RECORD.formatted("FA-1"));

    var timeline = member.get(created.header("location") + "/timeline");

    assertThat(timeline.status()).as(timeline.text()).isEqualTo(200);
    assertThat(timeline.body().at("/events/0/kind").asText()).isEqualTo("signal");
    assertThat(timeline.body().at("/events/0/what").asText()).isEqualTo("permit.fire-alarm");
  }

  @Test
  void nothingOfAnotherTenantIsThere() {
    var path = "/v1/leads/" + raise("company 1", Stage.NEW, 1).value();
    var other = ApiClient.of(handler, Samples.OTHER_TENANT, Role.OWNER);

    assertThat(other.get(path).status()).isEqualTo(404);
    assertThat(other.get(path + "/timeline").status()).isEqualTo(404);
    assertThat(other.change("DELETE", path, "*", null).status()).isEqualTo(404);
    assertThat(other.get("/v1/leads").body().path("leads")).isEmpty();
  }

  @Test
  void aViewerReadsAndWritesNothing() {
    var viewer = ApiClient.of(handler, Samples.TENANT, Role.VIEWER);

    assertThat(viewer.get("/v1/leads").status()).isEqualTo(200);
    assertThat(viewer.post("/v1/leads", RECORD.formatted("FA-1")).status()).isEqualTo(403);
    assertThat(ApiClient.nobody(handler).get("/v1/leads").status()).isEqualTo(401);
  }

  private List<String> names(String path) {
    var answer = member.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    var names = new ArrayList<String>();
    answer.body().path("leads").forEach(lead -> names.add(lead.at("/company/name").asText()));
    return names;
  }

  private LeadId raise(String name, Stage stage, int score) {
    var now = platform.clock().instant();
    platform.clock().advance(Duration.ofSeconds(1));
    var company = Company.named(name, name, null, null, null, null);
    var lead =
        Lead.raised(Samples.TENANT, Samples.CAMPAIGN, "fire-safety", company, null, now)
            .scored(score, "B", now)
            .at(stage, null, now);
    var row =
        new PermitRow(
            "permit-" + score,
            name.replace(' ', '-'),
            "austin",
            name,
            PermitRow.Fate.LEAD,
            "permit.fire-alarm",
            lead.id(),
            "run",
            1,
            now);
    platform.bean(Permits.class).raise(Samples.TENANT, row, lead, Samples.signal());
    return lead.id();
  }
}
