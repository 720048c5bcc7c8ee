package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Runs executions through any way to call Step Functions, and takes the time. */
final class StatesClient {

  private static final String ROLE = "arn:aws:iam::000000000000:role/bench";

  /** How long is waited before asking again whether an execution is over. */
  private static final long PAUSE_NANOS = 50_000;

  private final Calls calls;

  /** A way to call Step Functions. */
  interface Calls {
    JsonNode call(String action, JsonNode request);
  }

  StatesClient(Calls calls) {
    this.calls = calls;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Creates a machine and returns its ARN. */
  String create(String name, String definition) {
    var request = object().put("name", name).put("definition", definition).put("roleArn", ROLE);
    return calls.call("CreateStateMachine", request).path("stateMachineArn").asText();
  }

  /** Runs executions one after another, after as many that do not count. */
  Measurement sequential(String machine, String input, int steps, int executions) {
    for (int i = 0; i < executions; i++) {
      awaitSuccess(start(machine, input));
    }
    var begin = System.nanoTime();
    for (int i = 0; i < executions; i++) {
      awaitSuccess(start(machine, input));
    }
    return new Measurement(executions, (long) steps * executions, System.nanoTime() - begin);
  }

  /** Runs executions at once, after some that do not count. */
  Measurement concurrent(String machine, String input, int executions) {
    atOnce(machine, input, Math.max(1, executions / 5));
    var begin = System.nanoTime();
    var started = atOnce(machine, input, executions);
    var nanos = System.nanoTime() - begin;
    return new Measurement(executions, steps(started.getFirst()) * executions, nanos);
  }

  private List<String> atOnce(String machine, String input, int executions) {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < executions; i++) {
      started.add(start(machine, input));
    }
    started.forEach(this::awaitSuccess);
    return started;
  }

  private String start(String machine, String input) {
    var request = object().put("stateMachineArn", machine).put("input", input);
    return calls.call("StartExecution", request).path("executionArn").asText();
  }

  private void awaitSuccess(String execution) {
    var request = object().put("executionArn", execution);
    while (true) {
      var answer = calls.call("DescribeExecution", request);
      switch (answer.path("status").asText()) {
        case "SUCCEEDED" -> {
          return;
        }
        case "RUNNING" -> LockSupport.parkNanos(PAUSE_NANOS);
        default -> throw new IllegalStateException("An execution did not succeed: " + answer);
      }
    }
  }

  /** How many states an execution entered. */
  private long steps(String execution) {
    var request = object().put("executionArn", execution).put("maxResults", 1000);
    long entered = 0;
    for (var event : calls.call("GetExecutionHistory", request).path("events")) {
      if (event.path("type").asText().endsWith("StateEntered")) {
        entered++;
      }
    }
    return entered;
  }
}
