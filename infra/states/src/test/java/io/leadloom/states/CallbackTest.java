package io.leadloom.states;

import static io.leadloom.states.EngineFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that someone else completes: tokens, activities, nested executions. */
final class CallbackTest {

  private static final String WAITING =
      """
      {'QueryLanguage': 'JSONata', 'StartAt': 'Ask', 'States': {
        'Ask': {'Type': 'Task', 'Resource': 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
                'Arguments': {'token': '{%% $states.context.Task.Token %%}'}, %s
                'End': true}}}
      """;

  private final EngineFixture engine = new EngineFixture();
  private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();

  CallbackTest() {
    engine.on(
        "sqs:sendMessage",
        arguments -> {
          tokens.add(arguments.path("token").asText());
          return Json.object().put("MessageId", "1");
        });
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private String token() throws InterruptedException {
    var token = tokens.poll(10, TimeUnit.SECONDS);
    assertThat(token).as("a token within ten seconds").isNotNull();
    return String.valueOf(token);
  }

  private JsonNode sendSuccess(String token, String output) {
    return engine.call(
        "SendTaskSuccess", Json.object().put("taskToken", token).put("output", output));
  }

  @Test
  void aTokenCompletesItsTaskOnce() throws InterruptedException {
    String arn;
    String token;
    try (var hold = engine.clock.hold()) {
      arn = engine.start(engine.create(WAITING.formatted("")), "{}");
      token = token();
      sendSuccess(token, "{\"approved\":true}");
    }
    assertThat(json(engine.awaitEnd(arn).path("output").asText()))
        .isEqualTo(json("{'approved': true}"));
    assertThatThrownBy(() -> sendSuccess(token, "{}"))
        .isInstanceOfSatisfying(
            StatesException.class, e -> assertThat(e.type()).isEqualTo("TaskTimedOut"));
  }

  @Test
  void aFailureByTokenFailsTheTask() throws InterruptedException {
    String arn;
    try (var hold = engine.clock.hold()) {
      arn = engine.start(engine.create(WAITING.formatted("")), "{}");
      engine.call(
          "SendTaskFailure",
          Json.object().put("taskToken", token()).put("error", "Refused").put("cause", "no"));
    }
    assertThat(engine.awaitEnd(arn).path("error").asText()).isEqualTo("Refused");
  }

  @Test
  void silenceTimesOutAndHeartbeatsKeepAlive() throws InterruptedException {
    String arn;
    String token;
    try (var hold = engine.clock.hold()) {
      arn =
          engine.start(
              engine.create(WAITING.formatted("'HeartbeatSeconds': 60, 'TimeoutSeconds': 3600,")),
              "{}");
      token = token();
      engine.awaitEvent(arn, "TaskSubmitted");
      engine.clock.schedule(
          engine.clock.instant().plusSeconds(50),
          () -> engine.call("SendTaskHeartbeat", Json.object().put("taskToken", token)));
    }
    var end = engine.awaitEnd(arn);
    assertThat(end.path("error").asText()).isEqualTo("States.Timeout");
    var seconds =
        end.path("stopDate").decimalValue().subtract(end.path("startDate").decimalValue());
    assertThat(seconds.longValue()).isEqualTo(50 + 60);
  }

  @Test
  void aMissedHeartbeatCanBeCaughtByItsName() {
    var end =
        engine.run(
            """
            {'QueryLanguage': 'JSONata', 'StartAt': 'Ask', 'States': {
              'Ask': {'Type': 'Task', 'Resource': 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
                      'Arguments': {}, 'HeartbeatSeconds': 5,
                      'Catch': [{'ErrorEquals': ['States.HeartbeatTimeout'], 'Next': 'Caught'}],
                      'End': true},
              'Caught': {'Type': 'Succeed'}}}
            """,
            "{}");
    assertThat(end.path("status").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void whatWasNeverATokenIsRefusedAsSuch() {
    assertThatThrownBy(() -> sendSuccess("nonsense", "{}"))
        .isInstanceOfSatisfying(
            StatesException.class, e -> assertThat(e.type()).isEqualTo("InvalidToken"));
  }

  @Test
  void anAnswerThatIsNoJsonIsRefusedAndTheTaskWaitsOn() throws InterruptedException {
    try (var hold = engine.clock.hold()) {
      engine.start(engine.create(WAITING.formatted("")), "{}");
      var token = token();
      assertThatThrownBy(() -> sendSuccess(token, "{"))
          .isInstanceOfSatisfying(
              StatesException.class, e -> assertThat(e.type()).isEqualTo("InvalidOutput"));
      sendSuccess(token, "{}");
    }
  }

  @Test
  void anActivityIsDoneByAWorker() {
    String arn;
    var activity =
        engine
            .call("CreateActivity", Json.object().put("name", "sort"))
            .path("activityArn")
            .asText();
    try (var hold = engine.clock.hold()) {
      arn =
          engine.start(
              engine.create(
                  "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': '"
                      + activity
                      + "', 'End': true}}}"),
              "{'n': 1}");
      var task =
          engine.call(
              "GetActivityTask", Json.object().put("activityArn", activity).put("workerName", "w"));
      assertThat(json(task.path("input").asText())).isEqualTo(json("{'n': 1}"));
      sendSuccess(task.path("taskToken").asText(), "2");
    }
    assertThat(engine.awaitEnd(arn).path("output").asText()).isEqualTo("2");
    assertThat(engine.events(arn)).contains("ActivityScheduled", "ActivityStarted");
  }

  @Test
  void aNestedExecutionIsStoppedWithTheOneThatWaitsForIt() {
    var inner =
        engine.create(
            "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 99999, 'End': true}}}");
    var outer =
        engine.create(
            """
            {'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {
              'A': {'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecution.sync',
                    'Arguments': {'StateMachineArn': '%s', 'Name': 'inner'}, 'End': true}}}
            """
                .formatted(inner));
    String arn;
    try (var hold = engine.clock.hold()) {
      arn = engine.start(outer, "{}");
      engine.awaitEvent(arn, "TaskSubmitted");
      engine.call("StopExecution", Json.object().put("executionArn", arn));
    }
    assertThat(engine.events(arn).getLast()).isEqualTo("ExecutionAborted");
    var child = engine.describe(inner.replace(":stateMachine:", ":execution:") + ":inner");
    assertThat(child.path("status").asText()).isEqualTo("ABORTED");
  }

  @Test
  void aNestedExecutionGivesItsOutputAsJson() {
    var inner =
        engine.create(
            "{'QueryLanguage': 'JSONata', 'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds':"
                + " 5, 'Output': {'n': '{% $states.input.n + 1 %}'}, 'End': true}}}");
    var output =
        engine.output(
            """
            {'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {
              'A': {'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecution.sync:2',
                    'Arguments': {'StateMachineArn': '%s', 'Input': '{%% $states.input %%}'},
                    'Output': '{%% $states.result.Output.n %%}', 'End': true}}}
            """
                .formatted(inner),
            "{'n': 1}");
    assertThat(output).isEqualTo(json("2"));
  }
}
