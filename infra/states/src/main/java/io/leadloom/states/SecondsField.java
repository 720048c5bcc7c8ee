package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;

/** The TimeoutSeconds or HeartbeatSeconds of a Task. */
record SecondsField(String field, Expression expression) {

  private static final long MOST = 99_999_999;

  /** The number of seconds, from 1. */
  long evaluate(Scope scope) {
    JsonNode value = expression.evaluate(scope);
    if (value.isNumber() && isWhole(value) && value.longValue() > 0 && value.longValue() <= MOST) {
      return value.longValue();
    }
    if (expression instanceof JsonataExpression jsonata) {
      if (!value.isNumber()) {
        throw jsonata.wrongType(scope, "number", value);
      }
      throw scope.evaluationError(
          field,
          "The JSONata expression '%s' specified for the field '%s' returned an unsupported value: %s"
              .formatted(jsonata.text(), field, Json.write(value)));
    }
    var path = expression instanceof PathExpression p ? p.text() : "";
    throw scope.runtimeError(
        "The %sPath field refers to value \"%s\" which is not a valid integer: %s"
            .formatted(field, plain(value), path));
  }

  private static boolean isWhole(JsonNode value) {
    return value.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.textValue() : Json.write(value);
  }
}
