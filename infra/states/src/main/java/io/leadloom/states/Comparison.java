package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The comparison operators of a JSONPath Choice. */
final class Comparison {

  private static final Map<String, IntPredicate> ORDERS =
      Map.of(
          "Equals", c -> c == 0,
          "LessThan", c -> c < 0,
          "GreaterThan", c -> c > 0,
          "LessThanEquals", c -> c <= 0,
          "GreaterThanEquals", c -> c >= 0);

  private Comparison() {}

  /**
   * The condition that an operator makes of a variable.
   *
   * @param name for example {@code NumericGreaterThanPath}
   * @param operand the operator's value in the definition
   * @return null when there is no such operator
   * @throws IllegalArgumentException when the operand does not fit
   */
  static ChoiceRule.@Nullable Condition of(String name, PathExpression variable, JsonNode operand) {
    if (name.startsWith("Is")) {
      return test(name, variable, operand);
    }
    if (name.equals("StringMatches")) {
      var pattern = wildcard(text(name, operand));
      return scope -> {
        var value = required(scope, variable);
        return value.isTextual() && pattern.matcher(value.textValue()).matches();
      };
    }
    var byPath = name.endsWith("Path");
    var plain = byPath ? name.substring(0, name.length() - "Path".length()) : name;
    for (var kind : Kind.values()) {
      var order = plain.startsWith(kind.prefix) ? plain.substring(kind.prefix.length()) : "";
      var holds = ORDERS.get(order);
      if (holds == null || (kind == Kind.BOOLEAN && !order.equals("Equals"))) {
        continue;
      }
      if (byPath) {
        var other = PathExpression.compile(text(name, operand));
        return scope -> kind.compare(required(scope, variable), required(scope, other), holds);
      }
      if (!kind.accepts(operand)) {
        throw new IllegalArgumentException(kind.complaint);
      }
      return scope -> kind.compare(required(scope, variable), operand, holds);
    }
    return null;
  }

  private static ChoiceRule.@Nullable Condition test(
      String name, PathExpression variable, JsonNode operand) {
    if (!operand.isBoolean()) {
      throw new IllegalArgumentException("Expected value of type Boolean");
    }
    var wanted = operand.booleanValue();
    return switch (name) {
      case "IsPresent" -> scope -> (variable.find(scope) != null) == wanted;
      case "IsNull" -> scope -> required(scope, variable).isNull() == wanted;
      case "IsString" -> scope -> required(scope, variable).isTextual() == wanted;
      case "IsNumeric" -> scope -> required(scope, variable).isNumber() == wanted;
      case "IsBoolean" -> scope -> required(scope, variable).isBoolean() == wanted;
      case "IsTimestamp" ->
          scope -> {
            var value = required(scope, variable);
            return (value.isTextual() && Timestamps.parse(value.textValue()).isPresent()) == wanted;
          };
      default -> null;
    };
  }

  private static JsonNode required(Scope scope, PathExpression path) {
    return path.evaluate(scope);
  }

  private static String text(String name, JsonNode operand) {
    if (!operand.isTextual()) {
      throw new IllegalArgumentException("Expected value of type String for " + name);
    }
    return operand.textValue();
  }

  /** The pattern of a StringMatches text: {@code *} is anything, {@code \*} a star. */
  private static Pattern wildcard(String text) {
    List<String> parts = new ArrayList<>();
    var literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        literal.append(text.charAt(++i));
      } else if (c == '*') {
        parts.add(Pattern.quote(literal.toString()));
        literal.setLength(0);
      } else {
        literal.append(c);
      }
    }
    parts.add(Pattern.quote(literal.toString()));
    return Pattern.compile(String.join(".*", parts), Pattern.DOTALL);
  }

  private enum Kind {
    STRING("String", "Expected value of type String") {
      @Override
      boolean accepts(JsonNode node) {
        return node.isTextual();
      }

      @Override
      int order(JsonNode a, JsonNode b) {
        return a.textValue().compareTo(b.textValue());
      }
    },
    NUMERIC("Numeric", "Expected value of type Number") {
      @Override
      boolean accepts(JsonNode node) {
        return node.isNumber();
      }

      @Override
      int order(JsonNode a, JsonNode b) {
        return a.decimalValue().compareTo(b.decimalValue());
      }
    },
    BOOLEAN("Boolean", "Expected value of type Boolean") {
      @Override
      boolean accepts(JsonNode node) {
        return node.isBoolean();
      }

      @Override
      int order(JsonNode a, JsonNode b) {
        return Boolean.compare(a.booleanValue(), b.booleanValue());
      }
    },
    TIMESTAMP("Timestamp", "String does not match RFC3339 timestamp") {
      @Override
      boolean accepts(JsonNode node) {
        return node.isTextual() && Timestamps.parse(node.textValue()).isPresent();
      }

      @Override
      int order(JsonNode a, JsonNode b) {
        return Timestamps.parse(a.textValue())
            .orElseThrow()
            .compareTo(Timestamps.parse(b.textValue()).orElseThrow());
      }
    };

    private final String prefix;
    private final String complaint;

    Kind(String prefix, String complaint) {
      this.prefix = prefix;
      this.complaint = complaint;
    }

    abstract boolean accepts(JsonNode node);

    abstract int order(JsonNode a, JsonNode b);

    /** Values of another type are never in the order asked for. */
    boolean compare(JsonNode a, JsonNode b, IntPredicate holds) {
      return accepts(a) && accepts(b) && holds.test(order(a, b));
    }
  }
}
