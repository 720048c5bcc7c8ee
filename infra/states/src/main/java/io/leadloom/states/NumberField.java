package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A number in a Map state: a literal, a path or a JSONata expression.
 *
 * @param field the field's name without {@code Path}
 * @param expression null where the definition does not have the field
 * @param whole whether only integers will do
 */
record NumberField(String field, @Nullable Expression expression, boolean whole) {

  /** The number, or null where the definition does not have the field. */
  @Nullable BigDecimal evaluate(Scope scope) {
    if (expression == null) {
      return null;
    }
    JsonNode value = expression.evaluate(scope);
    if (value.isNumber() && (!whole || value.decimalValue().stripTrailingZeros().scale() <= 0)) {
      return value.decimalValue();
    }
    if (value.isTextual() && expression instanceof PathExpression) {
      try {
        var number = new BigDecimal(value.textValue());
        if (!whole || number.scale() <= 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported below like every other text.
      }
    }
    if (expression instanceof JsonataExpression jsonata) {
      throw jsonata.wrongType(scope, whole ? "integer" : "number", value);
    }
    var path = expression instanceof PathExpression p ? p.text() : "";
    throw scope.runtimeError(
        "The %sPath field refers to value \"%s\" which is not a valid %s: %s"
            .formatted(
                field,
                value.isTextual() ? value.textValue() : Json.write(value),
                whole ? "integer" : "float",
                path));
  }
}
