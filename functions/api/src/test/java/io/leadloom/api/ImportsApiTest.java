package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.PermitRow.Fate;
import io.leadloom.model.Role;
import io.leadloom.platform.ImportJobs;
import io.leadloom.platform.ImportJobs.Done;
import io.leadloom.platform.ImportJobs.RowFate;
import io.leadloom.platform.Json;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Imports, as far as the API goes: the parts are worked on behind a queue. */
class ImportsApiTest {

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void scene() {
    platform.bean(Tenants.class).create(Samples.tenant());
  }

  private static ApiClient client() {
    return ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
  }

  @Test
  void anImportTellsHowFarItIsAndWhatBecameOfItsRows() {
    var begun = client().post("/v1/imports", rows(600));
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    assertThat(begun.body().path("status").asText()).isEqualTo("running");
    assertThat(begun.header("location"))
        .isEqualTo("/v1/imports/" + begun.body().path("id").asText());
    var rows = begun.header("location") + "/rows";
    assertThat(client().get(rows).body().path("rows")).isEmpty();

    done(begun.body(), 1, 250);
    done(begun.body(), 2, 250);
    assertThat(lines(rows)).containsExactlyElementsOf(lines(1, 500));
    var progress = client().get(begun.header("location")).body();
    assertThat(progress.path("status").asText()).isEqualTo("running");
    assertThat(progress.path("rowsDone").asInt()).isEqualTo(500);
    assertThat(progress.path("fresh").asInt()).isEqualTo(498);

    done(begun.body(), 3, 100);
    assertThat(client().get(begun.header("location")).body().path("status").asText())
        .isEqualTo("done");
    assertThat(lines(rows)).containsExactlyElementsOf(lines(1, 600));
    assertThat(lines(rows + "?fate=set_aside")).containsExactly(1L, 251L, 501L);
    assertThat(client().get(rows + "?fate=set_aside").body().at("/rows/0"))
        .isEqualTo(
            Json.mapper()
                .valueToTree(Map.of("line", 1, "fate", "set_aside", "reason", "row.no-number")));
    assertThat(client().get(rows + "?fate=lost").status()).isEqualTo(400);
    assertThat(client().get("/v1/imports/import-0/rows").status()).isEqualTo(404);
  }

  @Test
  void oneThatIsBegunAgainAfterItsKeyWasForgottenIsWhereItWas() {
    var begun = client().post("/v1/imports", "file-1", rows(1));
    done(begun.body(), 1, 1);
    platform.clock().advance(Duration.ofDays(2));

    var again = client().post("/v1/imports", "file-1", rows(1));

    assertThat(again.header("location")).isEqualTo(begun.header("location"));
    assertThat(again.body().path("status").asText()).isEqualTo("done");
  }

  @Test
  void beginningSurvivesACrash() {
    Crashes.on(platform)
        .forgiving("limit")
        .everywhere(this::scene, () -> client().post("/v1/imports", "k1", rows(300)).text());
  }

  /** A part's end, with a row set aside before all the others. */
  private void done(JsonNode begun, int part, int rows) {
    var jobs = platform.bean(ImportJobs.class);
    var job = jobs.get(Samples.TENANT, begun.path("id").asText());
    var fates =
        IntStream.range(0, rows)
            .mapToObj(n ->
                n == 0
                    ? new RowFate(
                        250L * (part - 1) + 1, Fate.SET_ASIDE, "row.no-number", null, null)
                    : new RowFate(
                        250L * (part - 1) + 1 + n,
                        Fate.LEAD,
                        "permit.fire-alarm",
                        null,
                        "lead-" + n))
            .toList();
    jobs.done(
        Samples.TENANT,
        job,
        new Done(
            part,
            rows,
            rows - 1,
            0,
            Map.of("row.no-number", 1),
            rows - 1,
            null,
            platform.clock().instant()),
        fates);
  }

  private static List<Long> lines(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  /** All lines of a list, page by page. */
  private static List<Long> lines(String path) {
    var lines = new ArrayList<Long>();
    var next = "";
    do {
      var separator = path.contains("?") ? "&" : "?";
      var page = client().get(path + (next.isEmpty() ? "" : separator + "cursor=" + next));
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.body().path("rows").forEach(row -> lines.add(row.path("line").asLong()));
      next = page.body().path("next").asText();
    } while (!next.isEmpty());
    return lines;
  }

  private static String rows(int count) {
    return Json.write(
        Map.of(
            "source",
            "austin",
            "rows",
            IntStream.rangeClosed(1, count)
                .mapToObj(n -> Map.of("line", n, "fields", Map.of("PERMIT #", "FA-" + n)))
                .toList()));
  }
}
