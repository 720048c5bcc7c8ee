package io.leadloom.states;

import static io.leadloom.states.EngineFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each type of state does, in JSONata as our machines are written. */
final class StatesTest {

  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  private static String machine(String states) {
    return "{'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {" + states + "}}";
  }

  @Test
  void assignedVariablesAreSeenByLaterStatesOnly() {
    var output =
        engine.output(
            machine(
                """
                'A': {'Type': 'Pass', 'Assign': {'n': '{% $states.input.n + 1 %}'},
                      'Output': {'early': '{% $exists($n) %}'}, 'Next': 'B'},
                'B': {'Type': 'Pass', 'Output': {'early': '{% $states.input.early %}', 'n': '{% $n %}'},
                      'End': true}
                """),
            "{'n': 41}");
    assertThat(output).isEqualTo(json("{'early': false, 'n': 42}"));
  }

  @Test
  void choiceTakesTheFirstRuleThatHolds() {
    var definition =
        machine(
            """
            'A': {'Type': 'Choice', 'Choices': [
                    {'Condition': '{% $states.input.n > 10 %}', 'Next': 'Big'},
                    {'Condition': '{% $states.input.n > 5 %}', 'Output': 'middling', 'Next': 'Small'}],
                  'Default': 'Small'},
            'Big': {'Type': 'Pass', 'Output': 'big', 'End': true},
            'Small': {'Type': 'Pass', 'End': true}
            """);
    assertThat(engine.output(definition, "{'n': 11}")).isEqualTo(json("'big'"));
    assertThat(engine.output(definition, "{'n': 6}")).isEqualTo(json("'middling'"));
    assertThat(engine.output(definition, "{'n': 1}")).isEqualTo(json("{'n': 1}"));
  }

  @Test
  void choiceWithoutAMatchFails() {
    var end =
        engine.run(
            machine(
                """
                'A': {'Type': 'Choice', 'Choices': [{'Condition': false, 'Next': 'B'}]},
                'B': {'Type': 'Succeed'}
                """),
            "{}");
    assertThat(end.path("error").asText()).isEqualTo("States.NoChoiceMatched");
  }

  @Test
  void waitTakesVirtualTime() {
    var arn =
        engine.start(
            engine.create(machine("'A': {'Type': 'Wait', 'Seconds': 1209600, 'End': true}")), "{}");
    var end = engine.awaitEnd(arn);
    var seconds =
        end.path("stopDate").decimalValue().subtract(end.path("startDate").decimalValue());
    assertThat(seconds.longValue()).isEqualTo(Duration.ofDays(14).toSeconds());
  }

  @Test
  void nowIsTheTimeOfTheClock() {
    var output =
        engine.output(
            machine(
                "'A': {'Type': 'Pass', 'Output': {'now': '{% $now() %}', 'millis': '{% $millis() %}'},"
                    + " 'End': true}"),
            "{}");
    assertThat(Instant.parse(output.path("now").asText()).toEpochMilli())
        .isEqualTo(output.path("millis").longValue());
    assertThat(Instant.ofEpochMilli(output.path("millis").longValue()))
        .isBetween(EngineFixture.START, EngineFixture.START.plusSeconds(60));
  }

  @Test
  void taskGetsItsArgumentsAndGivesItsResult() {
    engine.on(
        "lambda:invoke",
        arguments -> Json.object().set("Payload", arguments.path("Payload").path("x")));
    var output =
        engine.output(
            machine(
                """
                'A': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                      'Arguments': {'FunctionName': 'f', 'Payload': {'x': '{% $states.input.n * 2 %}'}},
                      'Output': '{% $states.result.Payload %}', 'End': true}
                """),
            "{'n': 21}");
    assertThat(output).isEqualTo(json("42"));
  }

  @Test
  void retryWaitsLongerEachTimeUpToItsLimit() {
    var attempts = new AtomicInteger();
    engine.on(
        "lambda:invoke",
        arguments -> {
          if (attempts.incrementAndGet() < 5) {
            throw new TaskFailedException("Flaky", "not yet");
          }
          return json("'at last'");
        });
    var end =
        engine.run(
            machine(
                """
                'A': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': {},
                      'Retry': [{'ErrorEquals': ['Flaky'], 'IntervalSeconds': 10, 'BackoffRate': 3,
                                 'MaxDelaySeconds': 60, 'MaxAttempts': 4}], 'End': true}
                """),
            "{}");
    assertThat(end.path("output").asText()).isEqualTo("\"at last\"");
    var seconds =
        end.path("stopDate").decimalValue().subtract(end.path("startDate").decimalValue());
    assertThat(seconds.longValue()).isEqualTo(10 + 30 + 60 + 60);
  }

  @Test
  void fullJitterStaysBelowTheBackoff() {
    engine.on(
        "lambda:invoke",
        arguments -> {
          throw new TaskFailedException("Flaky", "never");
        });
    var end =
        engine.run(
            machine(
                """
                'A': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': {},
                      'Retry': [{'ErrorEquals': ['States.TaskFailed'], 'IntervalSeconds': 100,
                                 'BackoffRate': 1, 'MaxAttempts': 5, 'JitterStrategy': 'FULL'}],
                      'End': true}
                """),
            "{}");
    var seconds =
        end.path("stopDate").decimalValue().subtract(end.path("startDate").decimalValue());
    assertThat(end.path("error").asText()).isEqualTo("Flaky");
    assertThat(seconds.doubleValue()).isGreaterThan(0).isLessThan(500);
  }

  @Test
  void catchSeesTheErrorAndAssigns() {
    engine.on(
        "lambda:invoke",
        arguments -> {
          throw new TaskFailedException("com.sample.Refused", "no");
        });
    var output =
        engine.output(
            machine(
                """
                'A': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': {},
                      'Catch': [{'ErrorEquals': ['States.Timeout'], 'Next': 'C'},
                                {'ErrorEquals': ['States.ALL'], 'Assign': {'fault': '{% $states.errorOutput %}'},
                                 'Output': {'kept': '{% $states.input.id %}'}, 'Next': 'B'}],
                      'End': true},
                'B': {'Type': 'Pass', 'Output': {'error': '{% $fault.Error %}', 'cause': '{% $fault.Cause %}',
                      'kept': '{% $states.input.kept %}'}, 'End': true},
                'C': {'Type': 'Fail'}
                """),
            "{'id': 7}");
    assertThat(output).isEqualTo(json("{'error': 'com.sample.Refused', 'cause': 'no', 'kept': 7}"));
  }

  @Test
  void parallelBranchesShareNothingButTheInput() {
    var output =
        engine.output(
            machine(
                """
                'A': {'Type': 'Parallel', 'Branches': [
                  {'StartAt': 'L', 'States': {'L': {'Type': 'Pass', 'Assign': {'v': 1}, 'Next': 'L2'},
                                              'L2': {'Type': 'Pass', 'Output': '{% $v %}', 'End': true}}},
                  {'StartAt': 'R', 'States': {'R': {'Type': 'Wait', 'Seconds': 5, 'Next': 'R2'},
                                              'R2': {'Type': 'Pass', 'Output': '{% $exists($v) %}', 'End': true}}}],
                  'End': true}
                """),
            "{}");
    assertThat(output).isEqualTo(json("[1, false]"));
  }

  @Test
  void mapKeepsTheOrderOfItsItems() {
    var output =
        engine.output(
            machine(
                """
                'A': {'Type': 'Map', 'MaxConcurrency': 3, 'Items': '{% $states.input %}',
                      'ItemSelector': {'i': '{% $states.context.Map.Item.Index %}',
                                       'v': '{% $states.context.Map.Item.Value %}'},
                      'ItemProcessor': {'StartAt': 'W', 'States': {
                        'W': {'Type': 'Wait', 'Seconds': '{% 10 - $states.input.v %}', 'Next': 'P'},
                        'P': {'Type': 'Pass', 'Output': '{% $states.input.i * 100 + $states.input.v %}',
                              'End': true}}},
                      'End': true}
                """),
            "[1, 9, 5, 7]");
    assertThat(output).isEqualTo(json("[1, 109, 205, 307]"));
  }

  @Test
  void anEmptyMapSucceeds() {
    var output =
        engine.output(
            machine(
                """
                'A': {'Type': 'Map', 'Items': [], 'ItemProcessor': {'StartAt': 'P', 'States': {
                      'P': {'Type': 'Pass', 'End': true}}}, 'End': true}
                """),
            "{}");
    assertThat(output).isEqualTo(json("[]"));
  }

  @Test
  void aFailedItemAbortsTheOthers() {
    var end =
        engine.run(
            machine(
                """
                'A': {'Type': 'Map', 'Items': [1, 2], 'ItemProcessor': {'StartAt': 'C', 'States': {
                      'C': {'Type': 'Choice', 'Choices': [{'Condition': '{% $states.input = 1 %}', 'Next': 'W'}],
                            'Default': 'F'},
                      'W': {'Type': 'Wait', 'Seconds': 100, 'End': true},
                      'F': {'Type': 'Fail', 'Error': 'Bad', 'Cause': 'item'}}}, 'End': true}
                """),
            "{}");
    assertThat(end.path("error").asText()).isEqualTo("Bad");
    assertThat(engine.events(end.path("executionArn").asText()))
        .contains("MapIterationAborted", "MapIterationFailed", "MapStateFailed");
  }

  @Test
  void distributedMapToleratesSomeFailures() {
    var output =
        engine.output(
            machine(
                """
                'A': {'Type': 'Map', 'ToleratedFailureCount': 1, 'Items': [1, 2, 3],
                      'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                        'StartAt': 'C', 'States': {
                        'C': {'Type': 'Choice', 'Choices': [{'Condition': '{% $states.input = 2 %}', 'Next': 'F'}],
                              'Default': 'P'},
                        'P': {'Type': 'Pass', 'End': true},
                        'F': {'Type': 'Fail', 'Error': 'Bad'}}}, 'End': true}
                """),
            "{}");
    assertThat(output).isEqualTo(json("[1, 3]"));
  }

  @Test
  void distributedMapWritesItsResultsAndAManifest() {
    var keys = new CopyOnWriteArrayList<String>();
    engine.on(
        "s3:putObject",
        arguments -> {
          keys.add(arguments.path("Key").asText());
          return Json.object();
        });
    var output =
        engine.output(
            machine(
                """
                'A': {'Type': 'Map', 'Items': [1, 2],
                      'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject',
                                       'Arguments': {'Bucket': 'b', 'Prefix': 'p'}},
                      'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                        'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}, 'End': true}
                """),
            "{}");
    assertThat(keys).hasSize(2);
    assertThat(keys.getLast()).startsWith("p/").endsWith("/manifest.json");
    assertThat(output.path("ResultWriterDetails").path("Key").asText()).isEqualTo(keys.getLast());
  }

  @Test
  void anOutputOfMoreThan256KiBIsRefused() {
    engine.on("lambda:invoke", arguments -> Json.NODES.textNode("x".repeat(300_000)));
    var end =
        engine.run(
            machine(
                "'A': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': {},"
                    + " 'End': true}"),
            "{}");
    assertThat(end.path("error").asText()).isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void undefinedIsAnErrorButNullIsNot() {
    assertThat(
            engine.output(
                machine("'A': {'Type': 'Pass', 'Output': '{% $states.input.x %}', 'End': true}"),
                "{'x': null}"))
        .isEqualTo(json("null"));
    var end =
        engine.run(
            machine("'A': {'Type': 'Pass', 'Output': '{% $states.input.y %}', 'End': true}"),
            "{'x': null}");
    assertThat(end.path("error").asText()).isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void theMachinesOwnTimeoutEndsIt() {
    var end =
        engine.run(
            "{'QueryLanguage': 'JSONata', 'TimeoutSeconds': 60, 'StartAt': 'A', 'States': {"
                + "'A': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}",
            "{}");
    assertThat(end.path("status").asText()).isEqualTo("TIMED_OUT");
  }

  @Test
  void anEndlessLoopEndsWithItsHistory() {
    var end =
        engine.run(
            machine("'A': {'Type': 'Pass', 'Next': 'B'}, 'B': {'Type': 'Pass', 'Next': 'A'}"),
            "{}");
    assertThat(end.path("status").asText()).isEqualTo("FAILED");
    assertThat(end.path("cause").asText()).contains("maximum number of history events");
  }

  @Test
  void aFailingCauseOfTheEnginesOwnIsShown() {
    engine.on(
        "lambda:invoke",
        arguments -> {
          throw new IllegalStateException("a defect in a service");
        });
    var end =
        engine.run(
            machine(
                "'A': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': {},"
                    + " 'End': true}"),
            "{}");
    assertThat(end.path("error").asText()).isEqualTo("States.TaskFailed");
    assertThat(end.path("cause").asText()).isEqualTo("a defect in a service");
  }
}
