package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a Map's items come from.
 *
 * @param expression the ItemsPath or Items, or null for the state's input
 * @param reader reads them from somewhere else, or null
 */
record MapItems(@Nullable Expression expression, @Nullable ItemReader reader) {

  /** The items in the machine's own data. */
  ArrayNode evaluate(Scope scope, QueryLanguage language) {
    var value = expression == null ? scope.data() : expression.evaluate(scope);
    if (value instanceof ArrayNode array) {
      return array;
    }
    if (expression instanceof JsonataExpression jsonata) {
      throw jsonata.wrongType(scope, "array", value);
    }
    if (language == QueryLanguage.JSONATA) {
      throw scope.evaluationError(
          null, "Map state input must be an array but was: " + Json.write(value));
    }
    throw scope.runtimeError(notAnArray(value));
  }

  private String notAnArray(JsonNode value) {
    return expression instanceof PathExpression path && !path.text().equals("$")
        ? "Reference path \"%s\" must point to array.".formatted(path.text())
        : "Map state input must be an array but was: " + Json.write(value);
  }
}
