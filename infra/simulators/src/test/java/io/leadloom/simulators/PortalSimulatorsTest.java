package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortalSimulatorsTest {

  @TempDir Path data;
  private Bench bench;
  private Path csv;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(data);
    var rows = new StringBuilder("PERMIT #,PROJECT NAME,AREA (SF),PRIMARY CONTACT\r\n");
    IntStream.range(0, 250)
        .forEach(i -> rows.append("P-" + i + ",\"Café, " + i + "\"," + i + ",\r\n"));
    csv = data.resolve("Permits 2026.csv");
    Files.write(csv, rows.toString().getBytes(Charset.forName("windows-1252")));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aCkanResourceIsPagedInTheOrderOfTheFile() {
    var page = bench.simulators.ckan(csv).toString();
    assertThat(page).matches(".*/ckan/[^/]+/dataset/permits-2026/resource/[0-9a-f-]{36}");
    var portal = page.substring(0, page.indexOf("/dataset/"));
    var id = page.substring(page.lastIndexOf('/') + 1);
    var numbers = new ArrayList<String>();
    var offset = 0;
    while (true) {
      var result =
          result(
              portal
                  + "/api/3/action/datastore_search?limit=100&resource_id="
                  + id
                  + "&offset="
                  + offset);
      assertThat(result.path("total").asInt()).isEqualTo(250);
      if (result.path("records").isEmpty()) {
        break;
      }
      result.path("records").forEach(record -> numbers.add(record.path("PERMIT #").asText()));
      offset += 100;
      assertThat(result.path("_links").path("next").asText()).contains("offset=" + offset);
    }
    assertThat(numbers)
        .containsExactlyElementsOf(IntStream.range(0, 250).mapToObj(i -> "P-" + i).toList());
    var byDefault = result(portal + "/api/3/action/datastore_search?resource_id=" + id);
    assertThat(byDefault.path("records")).hasSize(100);
    var first = byDefault.path("records").path(0);
    assertThat(first.path("_id").asInt()).isEqualTo(1);
    assertThat(first.path("PROJECT NAME").asText()).isEqualTo("Café, 0");
    assertThat(first.get("PRIMARY CONTACT").isNull()).isTrue();
    assertThat(byDefault.path("fields").path(3).path("id").asText()).isEqualTo("AREA (SF)");
  }

  @Test
  void aCkanPortalTellsItsDatasetsAndItsErrors() {
    var page = bench.simulators.ckan(csv).toString();
    var action = page.substring(0, page.indexOf("/dataset/")) + "/api/3/action/";
    var found = result(action + "package_search?q=permits").path("results").path(0);
    var shown = result(action + "package_show?id=" + found.path("name").asText());
    assertThat(shown).isEqualTo(found);
    var resource = shown.path("resources").path(0);
    assertThat(page).endsWith(resource.path("id").asText());
    assertThat(resource.path("datastore_active").asBoolean()).isTrue();
    var download =
        bench.exchange(HttpRequest.newBuilder(URI.create(resource.path("url").asText())));
    assertThat(download.body()).startsWith("PERMIT #,");
    var filtered =
        result(
            action
                + "datastore_search?resource_id="
                + resource.path("id").asText()
                + "&sort="
                + encoded("_id desc")
                + "&filters="
                + encoded("{\"PERMIT #\":[\"P-7\",\"P-9\"]}"));
    assertThat(filtered.path("records"))
        .extracting(row -> row.path("_id").asInt())
        .containsExactly(10, 8);

    var missing = bench.exchange(HttpRequest.newBuilder(URI.create(action + "package_show?id=x")));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(bench.json(missing).path("success").asBoolean(true)).isFalse();
    assertThat(bench.json(missing).path("error").path("__type").asText())
        .isEqualTo("Not Found Error");
    var invalid = bench.exchange(HttpRequest.newBuilder(URI.create(action + "datastore_search")));
    assertThat(invalid.statusCode()).isEqualTo(409);
    assertThat(invalid.body()).contains("Validation Error");
  }

  @Test
  void aSocrataDatasetIsPagedByKey() {
    var dataset = bench.simulators.socrata(csv).toString();
    assertThat(dataset).matches(".*/resource/[0-9a-f]{4}-[0-9a-f]{4}\\.json");
    var numbers = new ArrayList<String>();
    var where = "";
    while (true) {
      var page =
          rows(
              dataset
                  + "?$select="
                  + encoded(":*,*")
                  + "&$order="
                  + encoded(":updated_at,:id")
                  + "&$limit=100"
                  + where);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(row -> numbers.add(row.path("permit_").asText()));
      var last = page.get(page.size() - 1);
      var updated = last.path(":updated_at").asText();
      assertThat(updated).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z");
      where =
          "&$where="
              + encoded(
                  "(:updated_at > '%1$s') OR (:updated_at = '%1$s' AND :id > '%2$s')"
                      .formatted(updated, last.path(":id").asText()));
    }
    assertThat(numbers)
        .containsExactlyElementsOf(IntStream.range(0, 250).mapToObj(i -> "P-" + i).toList());
    var first = rows(dataset).path(0);
    assertThat(first.path("area_sf_").isTextual()).isTrue();
    assertThat(first.path("project_name").asText()).isEqualTo("Café, 0");
    assertThat(first.has("primary_contact")).isFalse();
    assertThat(first.has(":id")).isFalse();
  }

  @Test
  void sodaThreeAnswersPagesToWhoHasAToken() {
    var dataset = bench.simulators.socrata(csv).toString();
    var id = dataset.substring(dataset.length() - 14, dataset.length() - 5);
    var query =
        URI.create(
            dataset.replace("/resource/" + id + ".json", "/api/v3/views/" + id + "/query.json"));
    var body =
        Json.object()
            .put("query", "SELECT * WHERE area_sf_ >= 10 ORDER BY :id")
            .put("includeSynthetic", true);
    body.putObject("page").put("pageNumber", 2).put("pageSize", 10);
    var post = BodyPublishers.ofByteArray(Json.bytes(body));
    assertThat(bench.exchange(HttpRequest.newBuilder(query).POST(post)).statusCode())
        .isEqualTo(403);
    var page =
        bench.json(
            bench.exchange(HttpRequest.newBuilder(query).header("X-App-Token", "t").POST(post)));
    assertThat(page).hasSize(10);
    assertThat(page.path(0).path("permit_").asText()).isEqualTo("P-20");
    assertThat(page.path(0).has(":id")).isTrue();
  }

  @Test
  void utf8WithAMarkRaggedRowsAndLineBreaksAreTakenIn() throws Exception {
    Files.writeString(
        csv, "\uFEFFid,name,name\n1,\"two\nlines, Grüße\",x,extra\n\n2\n", StandardCharsets.UTF_8);
    var table = Table.read(csv);
    assertThat(table.header()).containsExactly("id", "name", "name_1");
    assertThat(table.rows().get(0)).containsExactly("1", "two\nlines, Grüße", "x");
    assertThat(table.rows().get(1)).containsExactly("2", null, null);
    assertThat(table.rows()).hasSize(2);
  }

  @Test
  void theSeparatorIsFoundInTheHeader() throws Exception {
    Files.writeString(csv, "\uFEFFPermit;Type;Class, old\n1;a,b;c\n", StandardCharsets.UTF_16LE);
    assertThat(Table.read(csv).rows().getFirst()).containsExactly("1", "a,b", "c");
    Files.writeString(csv, "Permit\tType\n1\t\"a\tb\"\n");
    assertThat(Table.read(csv).rows().getFirst()).containsExactly("1", "a\tb");
    Files.writeString(csv, "Permit\n1\n");
    assertThat(Table.read(csv).rows().getFirst()).containsExactly("1");
  }

  @Test
  void aNewFileOfTheSameNameTakesThePlaceOfTheOldOne() throws Exception {
    var before = bench.simulators.socrata(csv);
    Files.writeString(csv, "PERMIT #\nP-900\n");
    assertThat(bench.simulators.socrata(csv)).isEqualTo(before);
    assertThat(rows(before.toString())).hasSize(1);
  }

  @Test
  void aQueryThatSocrataWouldRefuseIsRefused() {
    var dataset = bench.simulators.socrata(csv).toString();
    for (var where : List.of("permit_ =", "permit_ ~ 'x'", "nonsense = 'x'")) {
      var answer =
          bench.exchange(
              HttpRequest.newBuilder(URI.create(dataset + "?%24where=" + encoded(where))));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(bench.json(answer).path("code").asText()).startsWith("query.");
    }
    var some =
        rows(
            dataset
                + "?$where="
                + encoded("permit_ in('P-1','P-2') AND NOT primary_contact is not null"));
    assertThat(some).hasSize(2);
  }

  private JsonNode result(String url) {
    var answer = bench.json(bench.exchange(HttpRequest.newBuilder(URI.create(url))));
    assertThat(answer.path("success").asBoolean()).isTrue();
    return answer.path("result");
  }

  private JsonNode rows(String url) {
    return bench.json(bench.exchange(HttpRequest.newBuilder(URI.create(url.replace("$", "%24")))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
