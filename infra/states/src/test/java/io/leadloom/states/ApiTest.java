package io.leadloom.states;

import static io.leadloom.states.EngineFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The actions of the API, and what they refuse. */
final class ApiTest {

  private static final String PASS =
      "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}";
  private static final String LONG_WAIT =
      "{'StartAt': 'A', 'States': {'A': {'Type': 'Wait', 'Seconds': 1000, 'End': true}}}";

  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  private void assertRefused(String action, ObjectNode request, String type) {
    assertThatThrownBy(() -> engine.call(action, request))
        .isInstanceOfSatisfying(StatesException.class, e -> assertThat(e.type()).isEqualTo(type));
  }

  @Test
  void aNameStartsOneExecution() {
    var machine = engine.create(LONG_WAIT);
    var request = Json.object().put("stateMachineArn", machine).put("name", "one");
    request.put("input", "{\"n\":1}");
    try (var hold = engine.clock.hold()) {
      var first = engine.call("StartExecution", request);
      assertThat(engine.call("StartExecution", request)).isEqualTo(first);
      assertRefused(
          "StartExecution", request.deepCopy().put("input", "{}"), "ExecutionAlreadyExists");
    }
    engine.awaitEnd(machine.replace(":stateMachine:", ":execution:") + ":one");
    assertRefused("StartExecution", request, "ExecutionAlreadyExists");
  }

  @ParameterizedTest
  @CsvSource({
    "DescribeExecution, executionArn, arn:aws:states:us-east-1:0:execution:m:x, ExecutionDoesNotExist",
    "DescribeExecution, executionArn, nonsense, InvalidArn",
    "DescribeExecution, other, x, ValidationException",
    "StartExecution, stateMachineArn, arn:aws:states:us-east-1:0:stateMachine:x, StateMachineDoesNotExist",
    "DescribeStateMachine, stateMachineArn, arn:aws:states:us-east-1:0:stateMachine:x, StateMachineDoesNotExist",
    "ListExecutions, stateMachineArn, arn:aws:states:us-east-1:0:stateMachine:x, StateMachineDoesNotExist",
    "GetActivityTask, activityArn, arn:aws:states:us-east-1:0:activity:x, ActivityDoesNotExist",
    "SendTaskSuccess, taskToken, x, InvalidToken",
    "Nothing, x, x, UnknownOperationException"
  })
  void whatIsUnknownIsRefusedByName(String action, String field, String value, String type) {
    assertRefused(action, Json.object().put(field, value), type);
  }

  @Test
  void badInputAndNamesAreRefused() {
    var request = Json.object().put("stateMachineArn", engine.create(PASS));
    assertRefused("StartExecution", request.deepCopy().put("input", "{"), "InvalidExecutionInput");
    assertRefused("StartExecution", request.deepCopy().put("name", "a b"), "InvalidName");
    var large = "\"" + "x".repeat(300_000) + "\"";
    assertRefused("StartExecution", request.deepCopy().put("input", large), "ValidationException");
  }

  @Test
  void creatingTheSameMachineTwiceIsHarmless() {
    var request = Json.object().put("name", "same").put("roleArn", "arn:aws:iam::0:role/x");
    request.put("definition", PASS.replace('\'', '"'));
    var first = engine.call("CreateStateMachine", request);
    assertThat(engine.call("CreateStateMachine", request)).isEqualTo(first);
    request.put("definition", LONG_WAIT.replace('\'', '"'));
    assertRefused("CreateStateMachine", request, "StateMachineAlreadyExists");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Next': 'B'}}} | MISSING_TRANSITION_TARGET",
        "{'StartAt': 'B', 'States': {'A': {'Type': 'Pass', 'End': true}}} | MISSING_TRANSITION_TARGET",
        "{'StartAt': 'A', 'States': {'A': {'Type': 'Jump', 'End': true}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass'}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'End': true}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt': 'A', 'QueryLanguage': 'JSONata', 'States': {'A': {'Type': 'Pass', 'Output': '{% 1 + %}', 'End': true}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt': 'A', 'QueryLanguage': 'JSONata', 'States': {'A': {'Type': 'Pass', 'Output': '{% $a ?: 1 %}', 'End': true}}} | ?:",
        "{'StartAt': 'A', 'QueryLanguage': 'JSONata', 'States': {'A': {'Type': 'Pass', 'Parameters': {}, 'End': true}}} | Parameters",
        "{'StartAt': 'A', 'QueryLanguage': 'JSONata', 'States': {'A': {'Type': 'Pass', 'QueryLanguage': 'JSONPath', 'End': true}}} | can not be 'JSONPath'",
        "{'StartAt' | INVALID_JSON_DESCRIPTION"
      })
  void badDefinitionsAreRefused(String definition, String because) {
    assertThatThrownBy(() -> engine.create(definition))
        .isInstanceOfSatisfying(
            StatesException.class, e -> assertThat(e.type()).isEqualTo("InvalidDefinition"))
        .hasMessageContaining(because);
  }

  @Test
  void executionsAreListedNewestFirstByPages() {
    var machine = engine.create(PASS);
    for (int i = 0; i < 5; i++) {
      engine.awaitEnd(engine.start(machine, String.valueOf(i)));
    }
    var request = Json.object().put("stateMachineArn", machine).put("maxResults", 2);
    request.put("statusFilter", "SUCCEEDED");
    int seen = 0;
    while (true) {
      var page = engine.call("ListExecutions", request);
      seen += page.path("executions").size();
      if (!page.has("nextToken")) {
        break;
      }
      request.set("nextToken", page.get("nextToken"));
    }
    assertThat(seen).isEqualTo(5);
    request.remove("nextToken");
    request.put("statusFilter", "FAILED");
    assertThat(engine.call("ListExecutions", request).path("executions")).isEmpty();
  }

  @Test
  void historyCanBeReadBackwardsAndWithoutData() {
    var arn = engine.run(PASS, "{'secret': 1}").path("executionArn").asText();
    var request = Json.object().put("executionArn", arn).put("reverseOrder", true);
    request.put("includeExecutionData", false);
    var events = engine.call("GetExecutionHistory", request).path("events");
    assertThat(events.get(0).path("type").asText()).isEqualTo("ExecutionSucceeded");
    assertThat(events.toString()).doesNotContain("secret");
  }

  @Test
  void aStoppedExecutionIsAborted() {
    String arn;
    try (var hold = engine.clock.hold()) {
      arn = engine.start(engine.create(LONG_WAIT), "{}");
      engine.call(
          "StopExecution",
          Json.object().put("executionArn", arn).put("error", "Enough").put("cause", "changed"));
    }
    var end = engine.describe(arn);
    assertThat(end.path("status").asText()).isEqualTo("ABORTED");
    assertThat(end.path("error").asText()).isEqualTo("Enough");
  }

  @Test
  void aRedriveGoesOnWhereItFailed() {
    var broken = new AtomicBoolean(true);
    engine.on("sqs:sendMessage", arguments -> Json.object());
    engine.on(
        "lambda:invoke",
        arguments -> {
          if (broken.get()) {
            throw new TaskFailedException("Down", "for now");
          }
          return json("'up'");
        });
    var arn =
        engine
            .run(
                """
                {'QueryLanguage': 'JSONata', 'StartAt': 'P', 'States': {
                  'P': {'Type': 'Parallel', 'End': true, 'Branches': [
                    {'StartAt': 'Send', 'States': {
                      'Send': {'Type': 'Task', 'Resource': 'arn:aws:states:::sqs:sendMessage',
                               'Arguments': {}, 'End': true}}},
                    {'StartAt': 'Pause', 'States': {
                      'Pause': {'Type': 'Wait', 'Seconds': 10, 'Next': 'Call'},
                      'Call': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                               'Arguments': {}, 'End': true}}}]}}}
                """,
                "{}")
            .path("executionArn")
            .asText();
    assertThat(engine.describe(arn).path("status").asText()).isEqualTo("FAILED");
    broken.set(false);
    engine.call("RedriveExecution", Json.object().put("executionArn", arn));
    var end = engine.awaitEnd(arn);
    assertThat(json(end.path("output").asText())).isEqualTo(json("[{}, 'up']"));
    assertThat(end.path("redriveCount").intValue()).isEqualTo(1);
    assertThat(engine.calls).containsOnlyOnce("sqs:sendMessage");
    assertRefused(
        "RedriveExecution", Json.object().put("executionArn", arn), "ExecutionNotRedrivable");
  }

  @Test
  void anUpdateDoesNotTouchRunningExecutions() {
    var machine = engine.create(LONG_WAIT);
    String arn;
    try (var hold = engine.clock.hold()) {
      arn = engine.start(machine, "{}");
      engine.call(
          "UpdateStateMachine",
          Json.object().put("stateMachineArn", machine).put("definition", PASS.replace('\'', '"')));
    }
    assertThat(engine.awaitEnd(arn).path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(engine.events(arn)).contains("WaitStateEntered");
    assertThat(engine.events(engine.run(PASS, "{}").path("executionArn").asText()))
        .contains("PassStateEntered");
    assertThat(
            engine
                .call("DescribeStateMachineForExecution", Json.object().put("executionArn", arn))
                .path("definition")
                .asText())
        .contains("Wait");
  }

  @Test
  void expressCannotWaitForAnybody() {
    assertThatThrownBy(() ->
            engine.create(
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'End': true, 'Resource':"
                    + " 'arn:aws:states:::sqs:sendMessage.waitForTaskToken'}}}",
                "EXPRESS"))
        .isInstanceOfSatisfying(
            StatesException.class, e -> assertThat(e.type()).isEqualTo("InvalidDefinition"));
  }

  @Test
  void expressAnswersAtOnce() {
    var machine = engine.create(PASS, "EXPRESS");
    var answer =
        engine.call(
            "StartSyncExecution",
            Json.object().put("stateMachineArn", machine).put("input", "{\"n\":1}"));
    assertThat(answer.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(answer.path("output").asText()).isEqualTo("{\"n\":1}");
  }
}
