package io.leadloom.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of distributed Maps and their child executions, as the API shows them. */
class MapRunTest {

  /** Item 2 fails, 3 waits, the others pass. */
  private static final String PROCESSOR =
      """
      'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
        'StartAt': 'C', 'States': {
          'C': {'Type': 'Choice', 'Default': 'P', 'Choices': [
            {'Condition': '{% $states.input = 2 or 2 in $states.input.Items %}', 'Next': 'F'},
            {'Condition': '{% $states.input = 3 or 3 in $states.input.Items %}', 'Next': 'W'}]},
          'F': {'Type': 'Fail', 'Error': 'Bad', 'Cause': 'Two'},
          'W': {'Type': 'Wait', 'Seconds': 100, 'Next': 'P'},
          'P': {'Type': 'Pass', 'End': true}}}
      """;

  @TempDir Path folder;
  private EngineFixture engine;

  @BeforeEach
  void open() {
    engine = new EngineFixture(folder.resolve("states.mv"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void runTellsHowManyItemsAndExecutionsCameToWhat() {
    var execution =
        end(
            "'Label': 'batches', 'ItemBatcher': {'MaxItemsPerBatch': 3}, 'ToleratedFailureCount': 1,"
                + " 'MaxConcurrency': 5",
            "[1, 2, 0, 3, 4]");
    var run = run(execution);
    assertThat(run.path("mapRunArn").asText()).contains(":mapRun:machine-0/batches:");
    assertThat(run.path("executionArn").asText()).isEqualTo(execution);
    assertThat(run.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(run.path("maxConcurrency").asInt()).isEqualTo(5);
    assertThat(run.path("toleratedFailureCount").asInt()).isEqualTo(1);
    assertThat(run.path("stopDate").asDouble()).isGreaterThan(run.path("startDate").asDouble());
    assertThat(counts(run, "itemCounts")).isEqualTo("total 5, succeeded 2, failed 3");
    assertThat(counts(run, "executionCounts")).isEqualTo("total 2, succeeded 1, failed 1");
  }

  @Test
  void childExecutionsAreListedAndDescribed() {
    var execution = end("'Label': 'each', 'ToleratedFailureCount': 1", "[1, 2]");
    var run = run(execution).path("mapRunArn").asText();
    var children = call("ListExecutions", "mapRunArn", run).path("executions");
    assertThat(children).hasSize(2);
    assertThat(children.path(0).path("mapRunArn").asText()).isEqualTo(run);
    assertThat(children.path(0).path("itemCount").asInt()).isEqualTo(1);
    assertThat(children.path(0).path("stateMachineArn").asText())
        .endsWith(":stateMachine:machine-0/each");
    var failed =
        engine
            .call("ListExecutions", request("mapRunArn", run).put("statusFilter", "FAILED"))
            .path("executions");
    assertThat(failed).hasSize(1);

    var good = call("DescribeExecution", "executionArn", arn(children.path(0)));
    assertThat(good.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(good.path("input").asText()).isEqualTo("1");
    assertThat(good.path("output").asText()).isEqualTo("1");
    var bad = call("DescribeExecution", "executionArn", arn(failed.path(0)));
    assertThat(bad.path("error").asText()).isEqualTo("Bad");
    assertThat(bad.path("cause").asText()).isEqualTo("Two");
    assertThat(bad.path("mapRunArn").asText()).isEqualTo(run);
    assertThat(bad.path("name").asText()).isNotEqualTo(good.path("name").asText());
  }

  @Test
  void runFailsWithMoreFailuresThanToleratedAndStopsTheRest() {
    var execution = end("'MaxConcurrency': 2", "[3, 2, 1]");
    assertThat(engine.describe(execution).path("error").asText())
        .isEqualTo("States.ExceedToleratedFailureThreshold");
    var run = run(execution);
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(counts(run, "itemCounts")).isEqualTo("total 3, failed 1, aborted 2");
  }

  @Test
  void changedLimitsHoldAtOnce() {
    String execution;
    try (var hold = engine.clock.hold()) {
      execution = start("'MaxConcurrency': 1", "[3, 3, 3, 2]");
      engine.awaitEvent(execution, "MapRunStarted");
      var run = run(execution);
      assertThat(counts(run, "itemCounts")).isEqualTo("total 4, pending 3, running 1");
      engine.call(
          "UpdateMapRun",
          request("mapRunArn", run.path("mapRunArn").asText())
              .put("maxConcurrency", 3)
              .put("toleratedFailurePercentage", 30));
      assertThat(counts(run(execution), "itemCounts")).isEqualTo("total 4, pending 1, running 3");
    }
    assertThat(engine.awaitEnd(execution).path("status").asText()).isEqualTo("SUCCEEDED");
    var run = run(execution);
    assertThat(run.path("maxConcurrency").asInt()).isEqualTo(3);
    assertThat(run.path("toleratedFailurePercentage").asInt()).isEqualTo(30);
    assertThat(counts(run, "itemCounts")).isEqualTo("total 4, succeeded 3, failed 1");
    refused(
        () ->
            engine.call(
                "UpdateMapRun",
                request("mapRunArn", run.path("mapRunArn").asText()).put("maxConcurrency", 1)),
        "ValidationException");
  }

  @Test
  void stoppedRunGoesOnWhenItsExecutionIsRedriven() {
    String execution;
    try (var hold = engine.clock.hold()) {
      execution = start("'MaxConcurrency': 1", "[1, 3, 1]");
      engine.awaitEvent(execution, "MapRunStarted");
      call("StopExecution", "executionArn", execution);
      var stopped = run(execution);
      assertThat(stopped.path("status").asText()).isEqualTo("ABORTED");
      assertThat(counts(stopped, "itemCounts")).isEqualTo("total 3, succeeded 1, aborted 2");
    }
    call("RedriveExecution", "executionArn", execution);
    assertThat(engine.awaitEnd(execution).path("status").asText()).isEqualTo("SUCCEEDED");
    var run = run(execution);
    assertThat(run.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(run.path("redriveCount").asInt()).isEqualTo(1);
    assertThat(counts(run, "itemCounts")).isEqualTo("total 3, succeeded 3");
  }

  @Test
  void everyAttemptIsARunOfItsOwn() {
    var execution =
        end(
            "'Retry': [{'ErrorEquals': ['States.ALL'], 'IntervalSeconds': 1, 'MaxAttempts': 1}]",
            "[2]");
    var runs = call("ListMapRuns", "executionArn", execution).path("mapRuns");
    assertThat(runs).hasSize(2);
    for (var run : runs) {
      assertThat(describe(run).path("status").asText()).isEqualTo("FAILED");
    }
  }

  @Test
  void runEndsWithTheBranchAroundIt() {
    var execution =
        engine.start(
            engine.create(
                """
                {'QueryLanguage': 'JSONata', 'StartAt': 'Both', 'States': {'Both': {
                  'Type': 'Parallel', 'End': true,
                  'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Done'}],
                  'Branches': [
                    {'StartAt': 'A', 'States': {'A': {'Type': 'Map', 'Items': [3], %s, 'End': true}}},
                    {'StartAt': 'S', 'States': {
                      'S': {'Type': 'Wait', 'Seconds': 10, 'Next': 'X'},
                      'X': {'Type': 'Fail'}}}]},
                 'Done': {'Type': 'Succeed'}}}
                """
                    .formatted(PROCESSOR)),
            "{}");
    assertThat(engine.awaitEnd(execution).path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(run(execution).path("status").asText()).isEqualTo("ABORTED");
  }

  @Test
  void runIsKeptWithItsChildren() {
    var execution = end("'ToleratedFailureCount': 1", "[1, 2, 3]");
    var before = run(execution);
    engine.close();
    open();
    assertThat(run(execution)).isEqualTo(before);
    assertThat(
            call("ListExecutions", "mapRunArn", before.path("mapRunArn").asText())
                .path("executions"))
        .hasSize(3);
  }

  @Test
  void badRequestsAreRefusedByName() {
    var machine = engine.create("{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}");
    var unknown = machine.replace(":stateMachine:", ":mapRun:") + "/x:y";
    refused(() -> call("DescribeMapRun", "mapRunArn", unknown), "ResourceNotFound");
    refused(() -> call("DescribeMapRun", "mapRunArn", machine), "InvalidArn");
    refused(() -> call("ListExecutions", "mapRunArn", unknown), "ResourceNotFound");
    refused(
        () ->
            engine.call(
                "ListExecutions", request("mapRunArn", unknown).put("stateMachineArn", machine)),
        "ValidationException");
    var run = run(end("'ToleratedFailureCount': 1", "[1]")).path("mapRunArn").asText();
    refused(
        () ->
            engine.call(
                "UpdateMapRun", request("mapRunArn", run).put("toleratedFailurePercentage", 101)),
        "ValidationException");
    refused(
        () -> engine.call("UpdateMapRun", request("mapRunArn", run).put("maxConcurrency", -1)),
        "ValidationException");
  }

  private String start(String fields, String items) {
    return engine.start(
        engine.create(
            "{'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {'A': {'Type': 'Map', 'Items': "
                + items
                + ", "
                + fields
                + ", "
                + PROCESSOR
                + ", 'End': true}}}"),
        "{}");
  }

  private String end(String fields, String items) {
    return engine.awaitEnd(start(fields, items)).path("executionArn").asText();
  }

  /** The one run of an execution. */
  private JsonNode run(String execution) {
    var runs = call("ListMapRuns", "executionArn", execution).path("mapRuns");
    assertThat(runs).hasSize(1);
    return describe(runs.path(0));
  }

  private JsonNode describe(JsonNode run) {
    return call("DescribeMapRun", "mapRunArn", run.path("mapRunArn").asText());
  }

  private static String arn(JsonNode execution) {
    return execution.path("executionArn").asText();
  }

  /** Those counts that are not zero, in this order. */
  private static String counts(JsonNode run, String field) {
    var text = new StringBuilder("total " + run.path(field).path("total"));
    for (var name : List.of("pending", "running", "succeeded", "failed", "timedOut", "aborted")) {
      var count = run.path(field).path(name).asInt();
      if (count > 0) {
        text.append(", ").append(name).append(' ').append(count);
      }
    }
    return text.toString();
  }

  private JsonNode call(String action, String field, String value) {
    return engine.call(action, request(field, value));
  }

  private static ObjectNode request(String field, String value) {
    return Json.object().put(field, value);
  }

  private static void refused(ThrowingCallable call, String error) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StatesException.class, e -> assertThat(e.type()).isEqualTo(error));
  }
}
