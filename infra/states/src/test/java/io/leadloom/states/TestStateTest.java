package io.leadloom.states;

import static io.leadloom.states.EngineFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States run by themselves, by the API's TestState. */
class TestStateTest {

  private static final String CALL =
      """
      {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Next': 'Next one',
       'InputPath': '$.in', 'Parameters': {'n.$': '$.n', 'FunctionName': 'f'},
       'ResultSelector': {'sum.$': '$.sum'}, 'ResultPath': '$.got', 'OutputPath': '$.got',
       'Retry': [{'ErrorEquals': ['Again']}],
       'Catch': [{'ErrorEquals': ['Bad'], 'ResultPath': '$.why', 'Next': 'Mend'}]}
      """;

  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void stateSucceedsAndNamesTheNext() {
    var answer = test("{'Type': 'Pass', 'Result': {'a': 1}, 'Next': 'B'}", "{}");
    assertThat(answer.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(json(answer.path("output").asText())).isEqualTo(json("{'a': 1}"));
    assertThat(answer.path("nextState").asText()).isEqualTo("B");
    assertThat(answer.has("inspectionData")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, Small", "200, Big"})
  void choiceTellsWhereItGoes(int number, String next) {
    var answer =
        test(
            """
            {'Type': 'Choice', 'QueryLanguage': 'JSONata', 'Default': 'Small',
             'Choices': [{'Condition': '{% $states.input.n > $limit %}', 'Next': 'Big'}]}
            """,
            "{'n': %d}".formatted(number), Json.object().put("variables", "{\"limit\": 100}"));
    assertThat(answer.path("nextState").asText()).isEqualTo(next);
  }

  @Test
  void inspectionTellsTheDataFromStepToStep() {
    engine.on("lambda:invoke", arguments -> json("{'sum': 42, 'more': 1}"));
    var answer = test(CALL, "{'in': {'n': 1}}", Json.object().put("inspectionLevel", "DEBUG"));
    assertThat(answer.path("status").asText()).isEqualTo("SUCCEEDED");
    var data = answer.path("inspectionData");
    assertThat(data(data, "input")).isEqualTo(json("{'in': {'n': 1}}"));
    assertThat(data(data, "afterInputPath")).isEqualTo(json("{'n': 1}"));
    assertThat(data(data, "afterParameters")).isEqualTo(json("{'n': 1, 'FunctionName': 'f'}"));
    assertThat(data(data, "result")).isEqualTo(json("{'sum': 42, 'more': 1}"));
    assertThat(data(data, "afterResultSelector")).isEqualTo(json("{'sum': 42}"));
    assertThat(data(data, "afterResultPath"))
        .isEqualTo(json("{'in': {'n': 1}, 'got': {'sum': 42}}"));
    assertThat(data(answer, "output")).isEqualTo(json("{'sum': 42}"));
    assertThat(answer.path("nextState").asText()).isEqualTo("Next one");
  }

  @Test
  void jsonataStateTellsArgumentsResultAndVariables() {
    var answer =
        test(
            """
            {'Type': 'Task', 'QueryLanguage': 'JSONata', 'Resource': 'arn:aws:states:::lambda:invoke',
             'Arguments': {'n': '{% $states.input.n + $one %}'}, 'End': true,
             'Assign': {'seen': '{% $states.result.sum %}'}, 'Output': '{% $states.result.sum * 2 %}'}
            """,
            "{'n': 1}",
            Json.object()
                .put("inspectionLevel", "TRACE")
                .put("variables", "{\"one\": 1}")
                .set("mock", Json.object().put("result", "{\"sum\": 21}")));
    assertThat(answer.path("output").asText()).isEqualTo("42");
    assertThat(answer.has("nextState")).isFalse();
    var data = answer.path("inspectionData");
    assertThat(data(data, "afterArguments")).isEqualTo(json("{'n': 2}"));
    assertThat(data(data, "result")).isEqualTo(json("{'sum': 21}"));
    assertThat(data(data, "variables")).isEqualTo(json("{'one': 1, 'seen': 21}"));
    assertThat(engine.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Again, RETRIABLE,", "Bad, CAUGHT_ERROR, Mend", "Other, FAILED,"})
  void failureIsRetriableCaughtOrFinal(String error, String status, String next) {
    var calls = new AtomicInteger();
    engine.on(
        "lambda:invoke",
        arguments -> {
          calls.incrementAndGet();
          throw new TaskFailedException(error, "because");
        });
    var answer = test(CALL, "{'in': {'n': 1}}", Json.object().put("inspectionLevel", "DEBUG"));
    assertThat(answer.path("status").asText()).isEqualTo(status);
    assertThat(answer.path("error").asText()).isEqualTo(error);
    assertThat(answer.path("cause").asText()).isEqualTo("because");
    assertThat(answer.path("nextState").asText(null)).isEqualTo(next);
    assertThat(answer.path("inspectionData").has("result")).isFalse();
    assertThat(calls).hasValue(1);
    if (status.equals("CAUGHT_ERROR")) {
      assertThat(data(answer, "output").at("/why/Error").asText()).isEqualTo("Bad");
    }
  }

  @Test
  void failStateFailsAndWaitTakesNoTime() {
    var failed = test("{'Type': 'Fail', 'Error': 'Sorry', 'Cause': 'Closed'}", "{}");
    assertThat(failed.path("status").asText()).isEqualTo("FAILED");
    assertThat(failed.path("error").asText()).isEqualTo("Sorry");
    var before = engine.clock.instant();
    var waited = test("{'Type': 'Wait', 'Seconds': 3600, 'Next': 'On'}", "{'a': 1}");
    assertThat(waited.path("nextState").asText()).isEqualTo("On");
    assertThat(data(waited, "output")).isEqualTo(json("{'a': 1}"));
    assertThat(engine.clock.instant()).isEqualTo(before);
  }

  @Test
  void stateOfAWholeMachineIsTriedByItsName() {
    var answer =
        test(
            """
            {'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Next': 'B'},
                                        'B': {'Type': 'Pass', 'Result': 'b', 'Next': 'C'},
                                        'C': {'Type': 'Succeed'}}}
            """,
            "{}",
            Json.object().put("stateName", "B"));
    assertThat(answer.path("output").asText()).isEqualTo("\"b\"");
    assertThat(answer.path("nextState").asText()).isEqualTo("C");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Type': 'Sleep'} | {} | InvalidDefinition",
        "{'Type': 'Pass'} | {} | InvalidDefinition",
        "[ | {} | InvalidDefinition",
        "{'Type': 'Succeed'} | { | InvalidExecutionInput",
        "{'Type': 'Parallel', 'End': true, 'Branches': [{'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}}]} | {} | ValidationException",
        "{'Type': 'Task', 'End': true, 'Resource': 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', 'Parameters': {}} | {} | ValidationException",
      })
  void whatCannotBeTriedIsRefused(String definition, String input, String error) {
    assertThatThrownBy(() -> test(definition, input))
        .isInstanceOfSatisfying(StatesException.class, e -> assertThat(e.type()).isEqualTo(error));
  }

  private static JsonNode data(JsonNode owner, String field) {
    return json(owner.path(field).asText());
  }

  private JsonNode test(String definition, String input) {
    return test(definition, input, Json.object());
  }

  private JsonNode test(String definition, String input, JsonNode more) {
    var request = more.<ObjectNode>deepCopy();
    request.put("definition", definition.replace('\'', '"'));
    request.put("input", input.replace('\'', '"'));
    return engine.call("TestState", request);
  }
}
