package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import io.leadloom.local.edge.GuardHandler;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What API Gateway does around the functions of an HTTP API. */
class HttpApiIT {

  @TempDir static Path data;
  private static ToyStack stack;

  private static final StackClock CLOCK =
      StackClock.startingAt(Instant.parse("2026-03-02T09:00:00Z"), StackClock.AS_FAST_AS_POSSIBLE);

  @BeforeAll
  static void start() {
    stack = new ToyStack(data, CLOCK, "/edge/template.yaml");
  }

  @AfterAll
  static void stop() {
    stack.close();
    CLOCK.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/guarded/1, yes,          201,",
    "/guarded/1, plain-yes,    201,",
    "/guarded/1, no,           403, Forbidden",
    "/guarded/1, unauthorized, 401, Unauthorized",
    "/guarded/1, boom,         500, Internal Server Error",
    "/guarded/1, neither,      500, Internal Server Error",
    "/guarded/1, allow,        500, Internal Server Error",
    "/guarded/1, ,             401, Unauthorized",
    "/open,      ,             201,",
    "/policy/1,  yes,          401, Unauthorized",
    "/policy/1?key=allow, ,    201,",
    "/policy/1?key=deny, ,     403, Forbidden",
    "/policy/12?key=some, ,    201,",
    "/policy/1?key=some, ,     403, Forbidden",
    "/policy/2?key=some, ,     403, Forbidden",
    "/policy/1?key=yes, ,      500, Internal Server Error",
  })
  void authorizerDecides(String path, String authorization, int status, String message) {
    var request = stack.request(path);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    var response = stack.send(request);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("apigw-requestid")).isPresent();
    if (message != null) {
      assertThat(response.body()).isEqualTo("{\"message\":\"" + message + "\"}");
    }
  }

  @Test
  void authorizerSeesTheRequestAndTheFunctionItsContext() {
    var event = guarded("/guarded/7?a=1&a=2", "yes");
    assertThat(event.at("/requestContext/authorizer/lambda/who").asText()).isEqualTo("ada");
    assertThat(event.at("/requestContext/authorizer/lambda/level").asInt()).isEqualTo(3);
    var asked = event.at("/requestContext/authorizer/lambda/event");
    // An earlier request may have had the kept answer; what it tells of the request differs only
    // in the path.
    assertThat(asked.path("type").asText()).isEqualTo("REQUEST");
    assertThat(asked.path("version").asText()).isEqualTo("2.0");
    assertThat(asked.path("routeKey").asText()).isEqualTo("GET /guarded/{id}");
    assertThat(asked.path("routeArn").asText())
        .startsWith("arn:aws:execute-api:us-east-1:000000000000:Api/$default/GET/guarded/");
    assertThat(asked.at("/identitySource/0").asText()).isEqualTo("yes");
    assertThat(asked.at("/headers/authorization").asText()).isEqualTo("yes");
    assertThat(asked.at("/stageVariables/colour").asText()).isEqualTo("blue");
    assertThat(asked.at("/requestContext/http/method").asText()).isEqualTo("GET");
    assertThat(asked.has("body")).isFalse();
    assertThat(event.at("/stageVariables/colour").asText()).isEqualTo("blue");
  }

  @Test
  void authorizerWithoutContextTellsNull() {
    assertThat(guarded("/guarded/1", "plain-yes").at("/requestContext/authorizer/lambda").isNull())
        .isTrue();
  }

  @Test
  void answerIsKeptForItsIdentityUntilTheStacksClockIsPastIt() {
    guarded("/guarded/1", "yes");
    var before = GuardHandler.CALLS.get();
    guarded("/guarded/2", "yes");
    assertThat(GuardHandler.CALLS.get()).isEqualTo(before);

    var due = CLOCK.instant().plus(Duration.ofSeconds(61));
    CLOCK.schedule(due, () -> {});
    ToyStack.await("a minute to pass", () -> !CLOCK.instant().isBefore(due));
    guarded("/guarded/2", "yes");
    assertThat(GuardHandler.CALLS.get()).isEqualTo(before + 1);
  }

  private static JsonNode guarded(String path, String authorization) {
    HttpResponse<String> response =
        stack.send(stack.request(path).header("Authorization", authorization));
    assertThat(response.statusCode()).isEqualTo(201);
    return Json.parse(response.body());
  }
}
