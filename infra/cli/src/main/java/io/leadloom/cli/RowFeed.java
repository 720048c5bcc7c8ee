package io.leadloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Json;
import io.leadloom.sourcing.SourceRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Brings the rows of a file to a running stack, over its HTTP API. */
final class RowFeed {

  private static final int RETRIES = 5;
  private static final int BATCH = 250;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI api;
  private final Supplier<String> token;

  /** A feed to the tenant of these tokens; each call asks for one, since time may fly. */
  RowFeed(URI api, Supplier<String> token) {
    this.api = api;
    this.token = token;
  }

  /**
   * Imports rows and says what became of each; rows that were brought before change nothing.
   *
   * @param progress is told how many rows are in
   */
  Imported feed(String source, SourceFile file, IntConsumer progress) {
    var run = file.fingerprint();
    var leads = 0;
    var joined = 0;
    var fresh = 0;
    var setAside = new TreeMap<String, Integer>();
    var refused = new ArrayList<Refused>();
    var done = 0;
    for (var from = 0; from < file.rows().size(); from += BATCH) {
      var batch = file.rows().subList(from, Math.min(from + BATCH, file.rows().size()));
      for (var result : send(source, run, batch).path("results")) {
        var reason = result.path("reason").asText();
        fresh += result.path("fresh").asBoolean() ? 1 : 0;
        switch (result.path("fate").asText()) {
          case "LEAD" -> leads++;
          case "JOINED" -> joined++;
          default -> {
            setAside.merge(reason, 1, Integer::sum);
            if (reason.startsWith("row.")) {
              refused.add(new Refused(result.path("line").asLong(), reason, ""));
            }
          }
        }
      }
      done += batch.size();
      progress.accept(done);
    }
    for (var bad : file.malformed()) {
      setAside.merge(bad.reason(), 1, Integer::sum);
      refused.add(bad);
    }
    return new Imported(Funnel.Accounting.of(leads, joined, setAside), fresh, List.copyOf(refused));
  }

  private JsonNode send(String source, String run, List<SourceRow> rows) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("source", source);
    body.put("run", run);
    body.put("rows", rows);
    var request =
        HttpRequest.newBuilder(URI.create(api + "/v1/imports"))
            .timeout(Duration.ofSeconds(60))
            .header("authorization", "Bearer " + token.get())
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
            .build();
    try {
      var response = sendPatiently(request);
      if (response.statusCode() / 100 != 2) {
        var detail =
            Json.tree(response.body()).path("detail").asText("status " + response.statusCode());
        throw new CommandFailure(
            "rows from line " + rows.getFirst().line() + " on were refused: " + detail);
      }
      return Json.tree(response.body());
    } catch (IOException e) {
      throw new CommandFailure(
          "there is no Leadloom at "
              + api
              + "; start it with ./leadloom up, or name its port with --port",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; the same command goes on where it was", e);
    }
  }

  /** Asks again where the service is busy or fails; rows that it has already are no new ones. */
  private HttpResponse<byte[]> sendPatiently(HttpRequest request)
      throws IOException, InterruptedException {
    for (var attempt = 0; ; attempt++) {
      var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      var passing = response.statusCode() == 429 || response.statusCode() >= 500;
      if (!passing || attempt == RETRIES) {
        return response;
      }
      Pause.millis(200L << attempt);
    }
  }

  /**
   * What an import came to.
   *
   * @param fresh rows that were not known before
   * @param refused rows that could not be read, by line and reason
   */
  record Imported(Funnel.Accounting accounting, int fresh, List<Refused> refused) {}

  /**
   * A row that could not be read: a stable code, and the same in words where there is more to say.
   */
  record Refused(long line, String reason, String detail) {}
}
