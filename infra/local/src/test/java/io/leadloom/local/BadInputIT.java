package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong with a request to Step Functions is answered with AWS's name for it, and the stack
 * goes on as if nothing had been.
 */
class BadInputIT {

  private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:";
  private static final String PASS = "{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}}";
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final StackClock CLOCK =
      StackClock.startingAt(Instant.parse("2026-03-02T09:00:30Z"), StackClock.AS_FAST_AS_POSSIBLE);

  @TempDir static Path data;
  private static ToyStack toy;
  private static AwsWire wire;
  private static String activity = "";

  @BeforeAll
  static void start() {
    toy = new ToyStack(data, CLOCK);
    wire = new AwsWire(toy.stack.awsUrl());
    activity =
        wire.states("CreateActivity", Json.object().put("name", "people"))
            .path("activityArn")
            .asText();
  }

  @AfterAll
  static void stop() {
    toy.close();
    CLOCK.close();
  }

  @AfterEach
  void stackIsHealthy() {
    var end = run(PASS, "{'still':'here'}");
    assertThat(end.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(end.path("output").asText()).isEqualTo("{\"still\":\"here\"}");
  }

  private static ObjectNode request(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }

  private static ObjectNode machineRequest(String definition) {
    return Json.object()
        .put("name", "machine-" + NAMES.incrementAndGet())
        .put("definition", definition.replace('\'', '"'))
        .put("roleArn", "arn:aws:iam::000000000000:role/any");
  }

  private static String create(String definition) {
    return wire.states("CreateStateMachine", machineRequest(definition))
        .path("stateMachineArn")
        .asText();
  }

  private static String start(String machine, String input) {
    var request = Json.object().put("stateMachineArn", machine).put("input", input);
    return wire.states("StartExecution", request).path("executionArn").asText();
  }

  private static JsonNode run(String definition, String input) {
    return end(start(create(definition), input.replace('\'', '"')));
  }

  private static JsonNode end(String execution) {
    ToyStack.await("the end of " + execution, () -> !status(execution).equals("RUNNING"));
    return describe(execution);
  }

  private static String status(String execution) {
    return describe(execution).path("status").asText();
  }

  private static JsonNode describe(String execution) {
    return wire.states("DescribeExecution", Json.object().put("executionArn", execution));
  }

  private static void assertRefused(AwsWire.Answer answer, String error) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "\"text\"", "{\"name\": }", "null", "{} {"})
  void aBodyThatIsNoJsonObjectCannotBeRead(String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    assertRefused(wire.send("ListStateMachines", bytes), "SerializationException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Nothing                | {}                                       | UnknownOperationException",
        "StartExecution         | {}                                       | ValidationException",
        "StartExecution         | {'stateMachineArn': ''}                  | ValidationException",
        "StartExecution         | {'stateMachineArn': 7}                   | SerializationException",
        "StartExecution         | {'stateMachineArn': 'nonsense'}          | InvalidArn",
        "StartExecution         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:execution:a:b'} | InvalidArn",
        "StartExecution         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:none'} | StateMachineDoesNotExist",
        "StartExecution         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow', 'input': '{'} | InvalidExecutionInput",
        "StartExecution         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow', 'input': '{} {}'} | InvalidExecutionInput",
        "StartExecution         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow', 'name': 'a b'} | InvalidName",
        "StartSyncExecution     | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow'} | StateMachineTypeNotSupported",
        "DescribeExecution      | {'executionArn': 'nonsense'}             | InvalidArn",
        "DescribeExecution      | {'executionArn': 'arn:aws:states:us-east-1:000000000000:execution:a:b'} | ExecutionDoesNotExist",
        "GetExecutionHistory    | {'executionArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow'} | InvalidArn",
        "RedriveExecution       | {'executionArn': 'arn:aws:states:us-east-1:000000000000:execution:a:b'} | ExecutionDoesNotExist",
        "ListExecutions         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow', 'statusFilter': 'DONE'} | ValidationException",
        "ListExecutions         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow', 'maxResults': 1001} | ValidationException",
        "ListExecutions         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow', 'maxResults': 'x'} | SerializationException",
        "ListExecutions         | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow', 'nextToken': '%%'} | InvalidToken",
        "DescribeStateMachine   | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:none'} | StateMachineDoesNotExist",
        "UpdateStateMachine     | {'stateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:flow'} | MissingRequiredParameter",
        "DeleteStateMachine     | {'stateMachineArn': 'nonsense'}          | InvalidArn",
        "GetActivityTask        | {'activityArn': 'arn:aws:states:us-east-1:000000000000:activity:none'} | ActivityDoesNotExist",
        "CreateActivity         | {'name': 'a b'}                          | InvalidName",
        "SendTaskSuccess        | {'taskToken': 'nonsense', 'output': '{}'} | InvalidToken",
        "SendTaskFailure        | {'taskToken': 'nonsense'}                | InvalidToken",
        "SendTaskHeartbeat      | {}                                       | ValidationException",
      })
  void aWrongRequestIsRefusedByName(String action, String request, String error) {
    assertRefused(wire.send(action, request(request)), error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'StartAt'                                              | INVALID_JSON_DESCRIPTION",
        "[]                                                      | SCHEMA_VALIDATION_FAILED",
        "{'StartAt':'A'}                                         | SCHEMA_VALIDATION_FAILED",
        "{'StartAt':'A','States':{'A':{'Type':'Jump','End':true}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'}}} | MISSING_TRANSITION_TARGET",
        "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass','Output':'{% 1 + %}','End':true}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt':'A','States':{'A':{'Type':'Pass','InputPath':'$.[','End':true}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt':'A','States':{'A':{'Type':'Pass','Parameters':{'x.$':'States.Nothing(1)'},'End':true}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt':'A','States':{'A':{'Type':'Wait','Seconds':-1,'End':true}}} | SCHEMA_VALIDATION_FAILED",
        "{'StartAt':'A','States':{'A':{'Type':'Task','Resource':'nonsense','End':true}}} | SCHEMA_VALIDATION_FAILED",
      })
  void aWrongDefinitionIsRefusedWithTheReason(String definition, String reason) {
    var answer = wire.send("CreateStateMachine", machineRequest(definition));
    assertRefused(answer, "InvalidDefinition");
    assertThat(answer.message()).startsWith("Invalid State Machine Definition: '").contains(reason);
    var verdict =
        wire.states(
            "ValidateStateMachineDefinition",
            Json.object().put("definition", definition.replace('\'', '"')));
    assertThat(verdict.path("result").asText()).isEqualTo("FAIL");
    assertThat(verdict.path("diagnostics")).isNotEmpty();
  }

  @Test
  void tooLargeTextsAreRefused() {
    var large = "\"" + "x".repeat(262_144) + "\"";
    var start = Json.object().put("stateMachineArn", MACHINE + "flow").put("input", large);
    var answer = wire.send("StartExecution", start);
    assertRefused(answer, "ValidationException");
    assertThat(answer.message())
        .isEqualTo(
            "1 validation error detected: Value at 'input' failed to satisfy constraint: Member"
                + " must have size less than or equal to 262144 bytes in UTF-8 encoding");
    var multibyte = "\"" + "ö".repeat(131_072) + "\"";
    assertRefused(
        wire.send("StartExecution", start.put("input", multibyte)), "ValidationException");
    assertRefused(
        wire.send("StartExecution", start.put("input", "{}").put("name", "n".repeat(81))),
        "ValidationException");
    assertRefused(
        wire.send("CreateStateMachine", machineRequest(" ".repeat(1_048_577))),
        "ValidationException");
  }

  @Test
  void aStateThatHandsOnTooMuchFailsItsExecution() {
    var end =
        run(
            "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass',"
                + "'Output':'{% [$states.input, $states.input] %}','End':true}}}",
            "'" + "x".repeat(200_000) + "'");
    assertThat(end.path("status").asText()).isEqualTo("FAILED");
    assertThat(end.path("error").asText()).isEqualTo("States.DataLimitExceeded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "($f := function($x){$f($x + 1)}; $f(1))",
        "($f := function($x){1 + $f($x + 1)}; $f(1))",
        "$error('no')",
        "1 + 'a'"
      })
  void anExpressionThatCannotBeEvaluatedFailsItsExecution(String expression) {
    var definition =
        request(
            "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass','End':true}}}");
    ((ObjectNode) definition.at("/States/A")).put("Output", "{% " + expression + " %}");
    var request = machineRequest("").put("definition", definition.toString());
    var machine = wire.states("CreateStateMachine", request).path("stateMachineArn").asText();
    assertThat(end(start(machine, "{}")).path("error").asText())
        .isEqualTo("States.QueryEvaluationError");
  }

  /** A machine that waits for a worker, as long as it is told. */
  private static String askingMachine(String timeout) {
    return create(
        "{'StartAt':'A','States':{'A':{'Type':'Task','Resource':'"
            + activity
            + "'"
            + timeout
            + ",'End':true}}}");
  }

  private static ObjectNode takeToken() {
    var task = wire.states("GetActivityTask", Json.object().put("activityArn", activity));
    return Json.object().put("taskToken", task.path("taskToken").asText());
  }

  @Test
  void aTokenIsGoodForOneAnswer() {
    var execution = start(askingMachine(""), "{}");
    var token = takeToken();
    assertRefused(
        wire.send("SendTaskSuccess", token.deepCopy().put("output", "{")), "InvalidOutput");
    assertRefused(
        wire.send(
            "SendTaskSuccess", token.deepCopy().put("output", "\"" + "x".repeat(262_144) + "\"")),
        "ValidationException");
    wire.states("SendTaskSuccess", token.deepCopy().put("output", "{\"n\":1}"));
    for (var action : new String[] {"SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat"}) {
      assertRefused(wire.send(action, token.deepCopy().put("output", "{}")), "TaskTimedOut");
    }
    assertThat(end(execution).path("output").asText()).isEqualTo("{\"n\":1}");
  }

  @Test
  void aLateTokenIsRefused() {
    String execution;
    ObjectNode token;
    try (var hold = CLOCK.hold()) {
      execution = start(askingMachine(",'TimeoutSeconds':60"), "{}");
      token = takeToken();
    }
    assertThat(end(execution).path("error").asText()).isEqualTo("States.Timeout");
    var answer = wire.send("SendTaskSuccess", token.put("output", "{}"));
    assertRefused(answer, "TaskTimedOut");
    assertThat(answer.message())
        .isEqualTo("Task Timed Out: 'Provided task does not exist anymore'");
  }

  @Test
  void timesAreSecondsAndEveryAnswerHasARequestId() {
    var answer = wire.send("StartExecution", Json.object().put("stateMachineArn", create(PASS)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("startDate").decimalValue().scale()).isEqualTo(3);
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.0");
  }
}
