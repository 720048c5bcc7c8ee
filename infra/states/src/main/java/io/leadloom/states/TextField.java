package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;

/** The Error or Cause of a Fail state. */
record TextField(String field, Expression expression) {

  /** The text. */
  String evaluate(Scope scope) {
    JsonNode value =
        expression instanceof PathExpression path
            ? path.evaluateFor(scope, field)
            : expression.evaluate(scope);
    if (value.isTextual()) {
      return value.textValue();
    }
    if (expression instanceof Template.Computed(JsonataExpression jsonata)) {
      throw jsonata.wrongType(scope, "string", value);
    }
    throw scope.runtimeError(
        "The field '%s' must be a string, but was: %s".formatted(field, Json.write(value)));
  }
}
