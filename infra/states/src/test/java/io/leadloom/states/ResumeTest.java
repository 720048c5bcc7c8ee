package io.leadloom.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stop broke off goes on after the next start, however late that is. */
final class ResumeTest {

  private static final String MACHINE =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Work", "States": {
        "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                 "Arguments": {"FunctionName": "any"}, "TimeoutSeconds": 60}}}
      """;

  @TempDir private Path folder;

  @Test
  void aCallThatIsMadeAgainHasItsWholeTimeAgain() throws InterruptedException {
    var called = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    String arn;
    try (var clock = StackClock.startingAt(EngineFixture.START, StackClock.AS_FAST_AS_POSSIBLE);
        var states =
            open(
                clock,
                (resource, arguments) -> {
                  called.countDown();
                  return stuck(stopped);
                })) {
      states.start();
      var machine = Json.object().put("name", "one").put("definition", MACHINE);
      machine.put("roleArn", "arn:aws:iam::000000000000:role/sample");
      arn =
          states
              .call(
                  "StartExecution",
                  Json.object()
                      .put(
                          "stateMachineArn",
                          states
                              .call("CreateStateMachine", machine)
                              .path("stateMachineArn")
                              .asText()))
              .path("executionArn")
              .asText();
      assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
    }
    stopped.countDown();

    var later = EngineFixture.START.plus(Duration.ofDays(1));
    try (var clock = StackClock.startingAt(later, StackClock.AS_FAST_AS_POSSIBLE);
        var states = open(clock, (resource, arguments) -> Json.object().put("StatusCode", 200))) {
      states.start();
      var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (status(states, arn).equals("RUNNING") && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(status(states, arn)).isEqualTo("SUCCEEDED");
    }
  }

  private StatesService open(StackClock clock, TaskServices services) {
    return StatesService.open(
        folder.resolve("states.mv"),
        clock,
        services,
        StatesOptions.defaults(),
        ExecutionListener.none());
  }

  private static JsonNode stuck(CountDownLatch until) throws TaskFailedException {
    try {
      until.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new TaskFailedException("Test.Stopped", "the process is gone");
  }

  private static String status(StatesService states, String arn) {
    return states
        .call("DescribeExecution", Json.object().put("executionArn", arn))
        .path("status")
        .asText();
  }
}
