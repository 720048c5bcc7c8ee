package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import io.leadloom.local.edge.WorkHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** What Lambda does around a function. */
class LambdaIT {

  private static final int SIX_MEGABYTES = 6 * 1024 * 1024;

  @TempDir static Path data;
  private static ToyStack stack;
  private static LambdaClient lambda;

  private static final StackClock CLOCK =
      StackClock.startingAt(Instant.parse("2026-03-02T09:00:00Z"), StackClock.AS_FAST_AS_POSSIBLE);

  @BeforeAll
  static void start() {
    stack = new ToyStack(data, CLOCK, "/edge/template.yaml");
    lambda =
        stack.client(
            LambdaClient.builder()
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry())));
  }

  @AfterAll
  static void stop() {
    lambda.close();
    stack.close();
    CLOCK.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "WorkFunction  | {'do':'refuse'}  | java.lang.IllegalStateException | not today",
        "WorkFunction  | {'do':'slip'}    | java.lang.NullPointerException  | java.lang.NullPointerException",
        "WorkFunction  | {'do':'break'}   | java.lang.StackOverflowError    | too deep",
        "WorkFunction  | {'do':'fill','size':6291600} | Function.ResponseSizeTooLarge | Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        "TypedFunction | {'left':'three'} | java.lang.RuntimeException      | An error occurred during JSON parsing",
        "HastyFunction | {'do':'hang'}    | Sandbox.Timedout                | RequestId: <id> Error: Task timed out after 1.00 seconds",
      })
  void failureIsDescribedAsLambdaDoes(
      String function, String payload, String type, String message) {
    var response = invoke(function, payload.replace('\'', '"'));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    var error = json(response);
    assertThat(error.path("errorType").asText()).isEqualTo(type);
    assertThat(error.path("errorMessage").asText())
        .isEqualTo(message.replace("<id>", response.responseMetadata().requestId()));
    assertThat(error.has("stackTrace")).isEqualTo(type.startsWith("java."));
  }

  @Test
  void stackTraceEndsWithTheHandler() {
    var trace = json(invoke("WorkFunction", "{\"do\":\"refuse\"}")).path("stackTrace");
    assertThat(trace)
        .singleElement()
        .satisfies(line ->
            assertThat(line.asText())
                .startsWith("io.leadloom.local.edge.WorkHandler.handleRequest(WorkHandler"));
  }

  @ParameterizedTest
  @CsvSource({
    "REQUEST_RESPONSE, 6291456, 0",
    "REQUEST_RESPONSE, 6291457, 413",
    "EVENT,            1048576, 0",
    "EVENT,            1048577, 413",
    "DRY_RUN,          6291457, 413",
  })
  void payloadHasALimit(InvocationType type, int size, int status) {
    var payload = "\"" + "x".repeat(size - 2) + "\"";
    if (status == 0) {
      assertThat(invoke("WorkFunction", type, payload).functionError()).isNull();
    } else {
      assertThatThrownBy(() -> invoke("WorkFunction", type, payload))
          .isInstanceOf(LambdaException.class)
          .satisfies(e -> {
            var details = ((LambdaException) e).awsErrorDetails();
            assertThat(((LambdaException) e).statusCode()).isEqualTo(status);
            assertThat(details.errorCode()).isEqualTo("RequestEntityTooLargeException");
            assertThat(details.errorMessage())
                .matches("Request must be smaller than [0-9]+ bytes for the .*operation");
          });
    }
  }

  @Test
  void responseOfSixMegabytesArrives() {
    var size = SIX_MEGABYTES - 100;
    var answer = json(invoke("WorkFunction", "{\"do\":\"fill\",\"size\":" + size + "}"));
    assertThat(answer.path("filler").asText()).hasSize(size);
  }

  @Test
  void dryRunRunsNothingAndOddTypesAreRefused() {
    assertThat(invoke("WorkFunction", InvocationType.DRY_RUN, "{}").statusCode()).isEqualTo(204);
    assertThat(invoke("WorkFunction", InvocationType.EVENT, "{}").statusCode()).isEqualTo(202);
    assertThatThrownBy(
            () -> lambda.invoke(b -> b.functionName("WorkFunction").invocationType("Maybe")))
        .hasMessageContaining("RequestResponse, Event or DryRun");
    assertThatThrownBy(() -> invoke("WorkFunction", "{"))
        .isInstanceOf(
            software.amazon.awssdk.services.lambda.model.InvalidRequestContentException.class);
  }

  @Test
  void contextTellsOfFunctionVersionAndInstance() {
    var latest = json(invoke("WorkFunction", "{\"do\":\"tell\"}"));
    assertThat(latest.path("name").asText()).isEqualTo("WorkFunction");
    assertThat(latest.path("version").asText()).isEqualTo("$LATEST");
    assertThat(latest.path("memory").asInt()).isEqualTo(512);
    assertThat(latest.path("group").asText()).isEqualTo("/aws/lambda/WorkFunction");
    assertThat(latest.path("remaining").asInt()).isBetween(1, 30_000);
    var alias = "arn:aws:lambda:us-east-1:000000000000:function:WorkFunction:live";
    var response = invoke(alias, "{\"do\":\"tell\"}");
    assertThat(response.executedVersion()).isEqualTo("1");
    assertThat(json(response).path("version").asText()).isEqualTo("1");
    assertThat(json(response).path("arn").asText()).isEqualTo(alias);
  }

  @Test
  void instanceServesOneRequestAfterTheOther() {
    var first = json(invoke("WorkFunction", "{}"));
    var second = json(invoke("WorkFunction", "{}"));
    assertThat(second.path("instance").asInt()).isEqualTo(first.path("instance").asInt());
    assertThat(second.path("served").asInt()).isEqualTo(first.path("served").asInt() + 1);
  }

  @Test
  void secondRequestAtOnceGetsASecondInstance() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one =
          CompletableFuture.supplyAsync(
              () -> json(invoke("WorkFunction", "{\"do\":\"meet\"}")), threads);
      var other = json(invoke("WorkFunction", "{\"do\":\"meet\"}"));
      assertThat(one.get(30, TimeUnit.SECONDS).path("instance").asInt())
          .isPositive()
          .isNotEqualTo(other.path("instance").asInt());
    }
  }

  @Test
  void instanceThatTimedOutOrBrokeIsNotUsedAgain() {
    var before = json(invoke("HastyFunction", "{}")).path("instance").asInt();
    invoke("HastyFunction", "{\"do\":\"refuse\"}");
    assertThat(json(invoke("HastyFunction", "{}")).path("instance").asInt()).isEqualTo(before);
    invoke("HastyFunction", "{\"do\":\"hang\"}");
    var after = json(invoke("HastyFunction", "{}")).path("instance").asInt();
    assertThat(after).isNotEqualTo(before);
    invoke("HastyFunction", "{\"do\":\"break\"}");
    assertThat(json(invoke("HastyFunction", "{}")).path("instance").asInt()).isNotEqualTo(after);
  }

  @Test
  void reservedConcurrencyThrottles() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var held =
          CompletableFuture.supplyAsync(
              () -> invoke("NarrowFunction", "{\"do\":\"hold\"}"), threads);
      assertThat(WorkHandler.HELD.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> invoke("NarrowFunction", "{}"))
          .isInstanceOf(TooManyRequestsException.class)
          .returns(429, e -> ((TooManyRequestsException) e).statusCode())
          .returns(
              "ReservedFunctionConcurrentInvocationLimitExceeded",
              e -> ((TooManyRequestsException) e).reasonAsString());
      WorkHandler.RELEASE.countDown();
      assertThat(held.get(30, TimeUnit.SECONDS).functionError()).isNull();
      assertThat(invoke("NarrowFunction", "{}").functionError()).isNull();
    }
  }

  @Test
  void logNamesTheRequestAndItsTailIsToBeHad() throws Exception {
    var response =
        lambda.invoke(b ->
            b.functionName("WorkFunction")
                .logType(LogType.TAIL)
                .payload(SdkBytes.fromUtf8String("{\"do\":\"log\"}")));
    var id = response.responseMetadata().requestId();
    var tail = new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
    assertThat(tail.lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("START RequestId: " + id + " Version: $LATEST"),
            line -> assertThat(line).isEqualTo("by the context"),
            line -> assertThat(line).endsWith("WorkHandler - by the logger"),
            line -> assertThat(line).isEqualTo("END RequestId: " + id),
            line ->
                assertThat(line)
                    .matches(
                        "REPORT RequestId: "
                            + id
                            + "\tDuration: [0-9.]+ ms\tBilled Duration: [0-9]+ ms"
                            + "\tMemory Size: 512 MB(\tInit Duration: [0-9.]+ ms)?"));
    assertThat(Files.readString(data.resolve("stack.log")))
        .contains("START RequestId: " + id, id + " by the context", "REPORT RequestId: " + id);
    assertThat(invoke("WorkFunction", "{}").logResult()).isNull();
  }

  private static InvokeResponse invoke(String function, String payload) {
    return invoke(function, InvocationType.REQUEST_RESPONSE, payload);
  }

  private static InvokeResponse invoke(String function, InvocationType type, String payload) {
    return lambda.invoke(b ->
        b.functionName(function).invocationType(type).payload(SdkBytes.fromUtf8String(payload)));
  }

  private static JsonNode json(InvokeResponse response) {
    return Json.parse(response.payload().asByteArray());
  }
}
