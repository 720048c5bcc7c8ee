package io.leadloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The imports of a running stack's HTTP API, asked patiently. */
final class ImportApi {

  private static final int RETRIES = 8;

  /** Longer than the API waits for a process that died with a request; by the stack's time. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final long SHORTEST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 2_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI api;
  private final Supplier<String> tokens;
  private final StackTime time;
  private @Nullable String token;

  /** The imports of the tenant of these tokens; another one is asked for when one has expired. */
  ImportApi(URI api, Supplier<String> tokens, StackTime time) {
    this.api = api;
    this.tokens = tokens;
    this.time = time;
  }

  /**
   * Begins an import, or finds that it was begun.
   *
   * @param key the same for the same import
   * @return how far it is
   */
  JsonNode begin(String key, byte[] body) {
    var answer =
        ask(
            HttpRequest.newBuilder(api.resolve("/v1/imports"))
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .POST(BodyPublishers.ofByteArray(body)));
    var progress = Json.tree(answer.body());
    // The answer of the first time tells how far it was then.
    return answer.headers().firstValue("idempotency-replayed").isPresent()
        ? progress(progress.path("id").asText())
        : progress;
  }

  /** How far an import is. */
  JsonNode progress(String id) {
    return get("/v1/imports/" + id);
  }

  /**
   * What became of rows that were set aside.
   *
   * @param cursor where the answer before ended; empty to start
   */
  JsonNode setAside(String id, String cursor) {
    return get(
        "/v1/imports/%s/rows?fate=set_aside%s"
            .formatted(
                id,
                cursor.isEmpty()
                    ? ""
                    : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
  }

  private JsonNode get(String path) {
    return Json.tree(ask(HttpRequest.newBuilder(api.resolve(path))).body());
  }

  private HttpResponse<byte[]> ask(HttpRequest.Builder request) {
    try {
      var answer = answer(request.timeout(Duration.ofSeconds(60)));
      if (answer.statusCode() / 100 != 2) {
        throw new CommandFailure("the import was refused: " + problem(answer));
      }
      return answer;
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

  /** Asks again where the service is busy or fails, which changes nothing. */
  private HttpResponse<byte[]> answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var deadline = time.now().plus(PATIENCE);
    var failures = 0;
    for (var pause = SHORTEST_MILLIS; ; pause = Math.min(2 * pause, LONGEST_MILLIS)) {
      var awaited = time.awaited();
      var known = token;
      var used = known == null ? tokens.get() : known;
      var answer =
          http.send(
              request.setHeader("authorization", "Bearer " + used).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      var status = answer.statusCode();
      token = status == 401 ? null : used;
      var failed = status >= 500 || status == 401 && known != null;
      if (failed && failures++ == RETRIES
          || !failed && !(isBusy(answer) && time.now().isBefore(deadline))) {
        return answer;
      }
      if (!failed && awaited) {
        time.goOn();
      }
      Pause.millis(pause);
    }
  }

  /** Whether time mends it: too many requests, or one that somebody is at work on, or was. */
  private static boolean isBusy(HttpResponse<byte[]> answer) {
    return answer.statusCode() == 429
        || answer.statusCode() == 409
            && Json.tree(answer.body()).path("code").asText().equals("idempotency.running");
  }

  private static String problem(HttpResponse<byte[]> answer) {
    var problem = Json.tree(answer.body());
    var text = new StringBuilder(problem.path("detail").asText("status " + answer.statusCode()));
    for (var error : problem.path("errors")) {
      text.append("; ")
          .append(error.path("field").asText())
          .append(' ')
          .append(error.path("detail").asText());
    }
    return text.toString();
  }
}
