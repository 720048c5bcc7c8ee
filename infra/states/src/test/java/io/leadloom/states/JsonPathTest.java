package io.leadloom.states;

import static io.leadloom.states.EngineFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines whose query language is JSONPath. */
final class JsonPathTest {

  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aUuidIsVersionFour() {
    var output =
        engine.output(
            "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Parameters': {'id.$':"
                + " 'States.UUID()'}, 'End': true}}}",
            "{}");
    assertThat(output.path("id").asText()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'StringEquals': 'a' | 'a' | true",
        "'StringEquals': 'a' | 1 | false",
        "'StringMatches': 'log-*.txt' | 'log-2026.txt' | true",
        "'StringMatches': 'log-\\\\*.txt' | 'log-2026.txt' | false",
        "'NumericLessThan': 5 | 4.9 | true",
        "'NumericGreaterThanEquals': 5 | 5.0 | true",
        "'BooleanEquals': true | true | true",
        "'TimestampLessThan': '2026-01-01T00:00:00Z' | '2025-12-31T23:59:59.999Z' | true",
        "'IsNull': true | null | true",
        "'IsNumeric': true | '1' | false",
        "'IsTimestamp': true | '2026-01-01' | false",
        "'NumericEqualsPath': '$.w' | 3 | true"
      })
  void comparisons(String operator, String value, boolean holds) {
    var output =
        engine.output(
            """
            {'StartAt': 'A', 'States': {
              'A': {'Type': 'Choice', 'Choices': [{'Variable': '$.v', %s, 'Next': 'Yes'}], 'Default': 'No'},
              'Yes': {'Type': 'Pass', 'Result': true, 'End': true},
              'No': {'Type': 'Pass', 'Result': false, 'End': true}}}
            """
                .formatted(operator),
            "{'w': 3, 'v': " + value + "}");
    assertThat(output.booleanValue()).isEqualTo(holds);
  }

  @Test
  void compositeRules() {
    var output =
        engine.output(
            """
            {'StartAt': 'A', 'States': {
              'A': {'Type': 'Choice', 'Choices': [
                {'And': [{'Variable': '$.a', 'IsPresent': true},
                         {'Not': {'Variable': '$.b', 'IsPresent': true}},
                         {'Or': [{'Variable': '$.a', 'NumericEquals': 1},
                                 {'Variable': '$.a', 'NumericEquals': 2}]}], 'Next': 'Yes'}],
                'Default': 'No'},
              'Yes': {'Type': 'Pass', 'Result': true, 'End': true},
              'No': {'Type': 'Fail'}}}
            """,
            "{'a': 2}");
    assertThat(output).isEqualTo(json("true"));
  }

  @Test
  void aResultGoesWhereItsPathSays() {
    engine.on("lambda:function", arguments -> json("{'found': [5, 6]}"));
    var output =
        engine.output(
            """
            {'StartAt': 'A', 'States': {
              'A': {'Type': 'Task',
                    'Resource': 'arn:aws:lambda:us-east-1:000000000000:function:f',
                    'Parameters': {'q.$': '$.q'},
                    'ResultSelector': {'first.$': '$.found[0]'},
                    'ResultPath': '$.result.task', 'OutputPath': '$.result', 'End': true}}}
            """,
            "{'q': 1}");
    assertThat(output).isEqualTo(json("{'task': {'first': 5}}"));
  }

  @Test
  void aMissingPathFailsTheExecutionAndCannotBeCaught() {
    var end =
        engine.run(
            """
            {'StartAt': 'A', 'States': {
              'A': {'Type': 'Task',
                    'Resource': 'arn:aws:lambda:us-east-1:000000000000:function:f',
                    'InputPath': '$.missing',
                    'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'B'}], 'End': true},
              'B': {'Type': 'Pass', 'End': true}}}
            """,
            "{}");
    assertThat(end.path("error").asText()).isEqualTo("States.Runtime");
    assertThat(end.path("cause").asText()).contains("$['missing']").contains("'A'");
  }

  @Test
  void itemsAreReadInBatchesFromCsv() {
    engine.on(
        "s3:getObject", arguments -> Json.object().put("Body", "id,name\n1,\"a, b\"\n2,c\n3,d\n"));
    var output =
        engine.output(
            """
            {'StartAt': 'A', 'States': {
              'A': {'Type': 'Map',
                    'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject',
                      'ReaderConfig': {'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW'},
                      'Parameters': {'Bucket': 'b', 'Key': 'k'}},
                    'ItemBatcher': {'MaxItemsPerBatch': 2},
                    'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                      'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}},
                    'End': true}}}
            """,
            "{}");
    assertThat(output)
        .isEqualTo(
            json(
                "[{'Items': [{'id': '1', 'name': 'a, b'}, {'id': '2', 'name': 'c'}]},"
                    + " {'Items': [{'id': '3', 'name': 'd'}]}]"));
  }
}
