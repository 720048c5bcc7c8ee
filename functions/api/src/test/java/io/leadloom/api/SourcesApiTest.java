package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Role;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Runs;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sources and runs; drafts and replies of leads. */
class SourcesApiTest {

  private static final String TABLE =
      "{\"id\":\"austin\",\"url\":\"https://data.example/d/abcd-1234\"}";

  @RegisterExtension final Platform platform = new Platform();

  private ApiClient member;

  @BeforeEach
  void start() {
    scene();
    member = client();
  }

  private void scene() {
    platform.bean(Tenants.class).create(Samples.tenant());
    platform
        .bean(Permits.class)
        .raise(Samples.TENANT, Samples.row(), Samples.lead(), Samples.signal());
  }

  private static ApiClient client() {
    return ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
  }

  @Test
  void aSourceIsReadByAnExecutionWhosePagesAddUp() {
    assertThat(member.post("/v1/sources", TABLE).status()).isEqualTo(201);
    assertThat(member.post("/v1/sources", TABLE).status()).isEqualTo(201);
    assertThat(member.post("/v1/sources", TABLE.replace("1234", "5678")).status()).isEqualTo(409);
    assertThat(member.post("/v1/sources", TABLE.replace("/d/abcd-1234", "/x")).status())
        .isEqualTo(422);
    assertThat(member.get("/v1/sources").body().path("sources")).hasSize(1);

    var begun = member.post("/v1/sources/austin/scans", null);
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    var run = begun.body().path("id").asText();
    var started = platform.aws().calls("StartExecution").getLast();
    assertThat(started.path("name").asText()).isEqualTo(run);
    assertThat(started.path("stateMachineArn").asText()).endsWith("source-scan");
    assertThat(started.path("input").asText()).contains("https://data.example/d/abcd-1234");
    assertThat(begun.body().path("status").asText()).isEqualTo("running");

    var runs = platform.bean(Runs.class);
    var now = platform.clock().instant();
    runs.read(
        Samples.TENANT, run, new Runs.Page(0, 10, 3, 1, Map.of("row.duplicate", 6), false, now));
    var at = member.get(begun.header("location")).body();
    assertThat(at.path("rows").asInt()).isEqualTo(10);
    assertThat(at.path("status").asText()).isEqualTo("running");
    runs.read(
        Samples.TENANT, run, new Runs.Page(10, 5, 2, 2, Map.of("row.duplicate", 1), true, now));
    var ended = member.get(begun.header("location")).body();
    assertThat(ended.path("status").asText()).isEqualTo("done");
    assertThat(ended.path("leads").asInt()).isEqualTo(5);
    assertThat(ended.at("/setAside/row.duplicate").asInt()).isEqualTo(7);

    assertThat(member.change("DELETE", "/v1/sources/austin", "*", null).status()).isEqualTo(204);
    assertThat(member.get("/v1/sources/austin").status()).isEqualTo(404);
    assertThat(member.get(begun.header("location")).status()).isEqualTo(200);
  }

  @Test
  void importsAreRunsToo() {
    member.post(
        "/v1/imports",
        "{\"source\":\"austin\",\"rows\":[{\"line\":1,\"fields\":{\"PERMIT #\":\"1\"}}]}");
    platform.clock().advance(Duration.ofMinutes(1));
    member.post("/v1/sources", TABLE);
    member.post("/v1/sources/austin/scans", null);

    var first = member.get("/v1/runs?limit=1").body();
    assertThat(first.at("/runs/0/kind").asText()).isEqualTo("scan");
    var second = member.get("/v1/runs?limit=1&cursor=" + first.path("next").asText()).body();
    assertThat(second.at("/runs/0/kind").asText()).isEqualTo("import");
  }

  @Test
  void scanningSurvivesACrash() {
    Crashes.on(platform)
        .forgiving("limit")
        .everywhere(
            () -> {
              scene();
              client().post("/v1/sources", "s1", TABLE);
            },
            () -> client().post("/v1/sources/austin/scans", "k1", null).text());
  }

  @Test
  void theDraftsOfALeadAreThere() {
    Waiting.approval(platform, 0);
    var leads = "/v1/leads/" + Samples.lead().id();
    assertThat(member.get(leads + "/drafts").body().at("/drafts/0/id").asText())
        .isEqualTo("draft-0");
    assertThat(member.get(leads + "/drafts/draft-0").body().path("body").asText())
        .contains("acceptance test");
    assertThat(member.get(leads + "/drafts/draft-1").status()).isEqualTo(404);
    assertThat(member.get("/v1/leads/none/drafts").status()).isEqualTo(404);
  }

  @Test
  void aReplyWaitsForAPersonUntilOneDealtWithIt() {
    var reply = Waiting.reply(platform);
    assertThat(member.get("/v1/replies").body().at("/replies/0/id").asText())
        .isEqualTo(reply.value());
    var path = "/v1/leads/" + Samples.lead().id() + "/replies/" + reply;
    var done = member.post(path + "/done", null);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(member.get("/v1/replies").body().path("replies")).isEmpty();
    assertThat(member.get(path).body().path("handledAt").asText())
        .isEqualTo(done.body().path("handledAt").asText())
        .isNotEmpty();
    assertThat(member.post(path + "/done", null).status()).isEqualTo(200);
  }
}
