package io.leadloom.states;

import static io.leadloom.states.EngineFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSONata as Step Functions has it. */
final class JsonataTest {

  private static JsonNode evaluate(String expression) {
    var scope = Scopes.of(json("{'n': 3, 'nothing': null, 'list': [1, 2, 3, 4, 5]}"));
    return JsonataExpression.compile("{% " + expression + " %}", "Output").evaluate(scope);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "$partition($states.input.list, 2) | [[1, 2], [3, 4], [5]]",
        "$range(0, 10, 5) | [0, 5, 10]",
        "$hash('abc', 'SHA-1') | 'a9993e364706816aba3e25717850c26c9cd0d89d'",
        "$parse('[1, null]') | [1, null]",
        "$states.input.nothing | null",
        "$v.w | 'x'",
        "$sum($states.input.list) / 2 | 7.5",
        "10 / 2 | 5",
        "$random(7) = $random(7) | true",
        "$now() | '2026-03-01T09:00:00.000Z'",
        "$contains('a ?: b', '?:') | true"
      })
  void values(String expression, String expected) {
    assertThat(JsonEquality.same(evaluate(expression), json(expected)))
        .as(expression + " = " + evaluate(expression))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$states.input.missing",
        "function($x) { $x }",
        "$eval('1')",
        "$unknown()",
        "$toMillis('no date')",
        "$parse('{')",
        "$hash('a', 'CRC32')",
        "1 / 0",
        "($f := function($x) { $f($x) + 1 }; $f(1))"
      })
  void whatHasNoValueIsAnEvaluationError(String expression) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOfSatisfying(
            StateError.class,
            e -> {
              assertThat(e.error()).isEqualTo(StateError.EVALUATION);
              assertThat(e.location()).isEqualTo("Output");
              assertThat(e.cause()).contains("'A'").contains("#2");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"$a ?: 1", "$a ?? 1", "1 +", "{", "$map("})
  void whatAwsRefusesIsRefused(String expression) {
    assertThatThrownBy(() -> JsonataExpression.compile("{% " + expression + " %}", "Output"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anIdIsNotDrawnTwice() {
    var chance = new Chance(1, "arn", 0, 1);
    assertThat(chance.uuid()).isNotEqualTo(chance.uuid());
    assertThat(new Chance(1, "arn", 0, 1).uuid()).isEqualTo(new Chance(1, "arn", 0, 1).uuid());
    assertThat(new Chance(2, "arn", 0, 1).uuid()).isNotEqualTo(new Chance(1, "arn", 0, 1).uuid());
  }
}
