package io.leadloom.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.clock.StackClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast durable steps are. The floor is far below what is usual, so that only a blunder trips.
 */
final class SpeedIT {

  private static final int EXECUTIONS = 1_000;
  private static final int STEPS = 10;
  private static final double LEAST_STEPS_PER_SECOND = 1_000;

  @TempDir Path folder;

  @Test
  void aThousandExecutionsAtOnce() {
    try (var clock = StackClock.real();
        var service =
            StatesService.open(
                folder.resolve("states.db"),
                clock,
                (resource, arguments) -> Json.object().put("done", true),
                StatesOptions.defaults())) {
      service.start();
      var machine = machine(service);
      run(service, machine, EXECUTIONS / 10);
      var seconds = run(service, machine, EXECUTIONS);
      var rate = EXECUTIONS * STEPS / seconds;
      System.out.printf(
          "%d executions of %d tasks: %.2f s, %.0f durable steps a second%n",
          EXECUTIONS, STEPS, seconds, rate);
      assertThat(rate).isGreaterThan(LEAST_STEPS_PER_SECOND);
    }
  }

  private static double run(StatesService service, String machine, int executions) {
    var begin = System.nanoTime();
    List<String> started = new ArrayList<>();
    for (int i = 0; i < executions; i++) {
      var request = Json.object().put("stateMachineArn", machine).put("input", "{\"n\":1}");
      started.add(service.call("StartExecution", request).path("executionArn").asText());
    }
    for (var arn : started) {
      var request = Json.object().put("executionArn", arn);
      while (service.call("DescribeExecution", request).path("status").asText().equals("RUNNING")) {
        LockSupport.parkNanos(100_000);
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String machine(StatesService service) {
    var definition = Json.object().put("StartAt", "S0").put("QueryLanguage", "JSONata");
    var states = definition.putObject("States");
    for (int i = 0; i < STEPS; i++) {
      var state = states.putObject("S" + i);
      state.put("Type", "Task").put("Resource", "arn:aws:states:::lambda:invoke");
      state.putObject("Arguments").put("n", "{% $states.input.n %}");
      state.put("Output", "{% $states.input %}");
      if (i + 1 < STEPS) {
        state.put("Next", "S" + (i + 1));
      } else {
        state.put("End", true);
      }
    }
    var request = Json.object().put("name", "light").put("roleArn", "arn:aws:iam::0:role/x");
    request.put("definition", Json.write(definition));
    return service.call("CreateStateMachine", request).path("stateMachineArn").asText();
  }
}
