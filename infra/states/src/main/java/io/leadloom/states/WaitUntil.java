package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a Wait state ends. */
sealed interface WaitUntil {

  /** The longest wait that AWS accepts: what an int holds in seconds. */
  Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  /** The instant at which a wait that begins now ends. */
  Instant evaluate(Scope scope);

  /** A number of seconds. */
  record Seconds(Expression expression) implements WaitUntil {
    @Override
    public Instant evaluate(Scope scope) {
      JsonNode value = expression.evaluate(scope);
      if (value.isIntegralNumber() && value.longValue() >= 0) {
        return checked(scope, scope.now().plusSeconds(value.longValue()));
      }
      if (expression instanceof JsonataExpression jsonata) {
        if (!value.isNumber()) {
          throw jsonata.wrongType(scope, "number", value);
        }
        throw scope.evaluationError(
            "Seconds", "The Seconds field cannot be parsed as a long value: " + Json.write(value));
      }
      var path = expression instanceof PathExpression p ? p.text() : "Seconds";
      throw scope.runtimeError(
          "The SecondsPath parameter cannot be parsed as a long value: %s == %s"
              .formatted(path, Json.write(value)));
    }
  }

  /** A point in time. */
  record Timestamp(Expression expression) implements WaitUntil {
    @Override
    public Instant evaluate(Scope scope) {
      JsonNode value = expression.evaluate(scope);
      var text = value.isTextual() ? value.textValue() : Json.write(value);
      var instant = value.isTextual() ? Timestamps.parse(text) : Optional.<Instant>empty();
      if (instant.isPresent()) {
        return checked(scope, instant.get());
      }
      if (expression instanceof JsonataExpression) {
        throw scope.evaluationError(
            "Timestamp",
            "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format"
                + " string: "
                + text);
      }
      var path = expression instanceof PathExpression p ? p.text() : "Timestamp";
      throw scope.runtimeError(
          "The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
              + " date-time format string: %s == %s".formatted(path, text));
    }
  }

  private static Instant checked(Scope scope, Instant until) {
    if (Duration.between(scope.now(), until).compareTo(LONGEST) > 0) {
      throw scope.runtimeError(
          "The wait until %s is longer than the %d seconds that are possible"
              .formatted(until, LONGEST.toSeconds()));
    }
    return until;
  }
}
