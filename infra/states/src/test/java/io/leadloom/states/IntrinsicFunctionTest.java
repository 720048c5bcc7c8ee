package io.leadloom.states;

import static io.leadloom.states.EngineFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The intrinsic functions, by examples. */
final class IntrinsicFunctionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "States.Format('{} is {}, \\{\\}', $.name, $.n) | \"A is 7, {}\"",
        "States.Array($.n, 'x', true, null) | [7, \"x\", true, null]",
        "States.ArrayPartition($.list, 2) | [[1, 2], [3]]",
        "States.ArrayContains($.list, 3) | true",
        "States.ArrayRange(1, 9, 3) | [1, 4, 7]",
        "States.ArrayRange(3, 1, -1) | [3, 2, 1]",
        "States.ArrayGetItem($.list, 0) | 1",
        "States.ArrayLength($.list) | 3",
        "States.ArrayUnique(States.Array(1, 2, 1)) | [1, 2]",
        "States.Base64Encode('abc') | \"YWJj\"",
        "States.Base64Decode('YWJj') | \"abc\"",
        "States.Hash('abc', 'MD5') | \"900150983cd24fb0d6963f7d28e17f72\"",
        "States.JsonMerge($.a, $.b, false) | {\"x\": 2, \"y\": 1}",
        "States.JsonToString($.a) | \"{\\\"x\\\":1,\\\"y\\\":1}\"",
        "States.StringToJson('[1, {}]') | [1, {}]",
        "States.MathAdd(1.5, -1) | 1",
        "States.StringSplit('a.b+c', '.+') | [\"a\", \"b\", \"c\"]",
      })
  void values(String call, String expected) {
    var input =
        json("{'name': 'A', 'n': 7, 'list': [1, 2, 3], 'a': {'x': 1, 'y': 1}, 'b': {'x': 2}}");
    var value = IntrinsicParser.parse(call).evaluate(Scopes.of(input));
    assertThat(JsonEquality.same(value, json(expected))).as(call + " = " + value).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "States.ArrayGetItem($.list, 9)",
        "States.ArrayPartition($.list, 0)",
        "States.ArrayRange(0, 10000, 1)",
        "States.StringToJson('{')",
        "States.Hash('a', 'CRC32')",
        "States.Format('{} {}', 1)",
        "States.MathAdd('a', 1)"
      })
  void whatTheyCannotDoFailsTheState(String call) {
    var scope = Scopes.of(json("{'list': [1]}"));
    assertThatThrownBy(() -> IntrinsicParser.parse(call).evaluate(scope))
        .isInstanceOfSatisfying(
            StateError.class, e -> assertThat(e.error()).isEqualTo("States.IntrinsicFailure"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "States.Nothing(1)",
        "States.UUID(1)",
        "States.Format('{}', 1",
        "States.Format('a\\\"b')",
        "States.Format('a') b",
        "States.Array({})"
      })
  void whatIsNoCallIsRefused(String call) {
    assertThatThrownBy(() -> IntrinsicParser.parse(call))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
