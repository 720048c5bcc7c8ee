package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads payload templates of either query language. */
final class TemplateParser {

  private TemplateParser() {}

  /**
   * A template in which every text between {@code {%} and {@code %}} is computed.
   *
   * @param location the path of the template in its state, as messages name it
   * @throws IllegalArgumentException when an expression is malformed
   */
  static Template jsonata(JsonNode node, String location) {
    if (node.isTextual() && JsonataExpression.isExpression(node.textValue())) {
      return new Template.Computed(JsonataExpression.compile(node.textValue(), location));
    }
    if (node.isObject()) {
      Map<String, Template> fields = new LinkedHashMap<>();
      for (var field : node.properties()) {
        var name = field.getKey();
        fields.put(name, jsonata(field.getValue(), location + "/" + name));
      }
      return fold(node, new Template.Fields(fields), fields.values());
    }
    if (node.isArray()) {
      List<Template> elements = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        elements.add(jsonata(node.get(i), location + "[" + i + "]"));
      }
      return fold(node, new Template.Elements(elements), elements);
    }
    return new Template.Literal(node);
  }

  /**
   * A template in which every field whose name ends in {@code .$} is computed.
   *
   * @throws IllegalArgumentException when a path or function call is malformed
   */
  static Template jsonPath(JsonNode node) {
    if (node.isObject()) {
      Map<String, Template> fields = new LinkedHashMap<>();
      // AWS puts what is computed after what is not.
      for (var field : node.properties()) {
        if (!field.getKey().endsWith(".$")) {
          fields.put(field.getKey(), jsonPath(field.getValue()));
        }
      }
      for (var field : node.properties()) {
        if (field.getKey().endsWith(".$")) {
          var name = field.getKey().substring(0, field.getKey().length() - 2);
          fields.put(name, new Template.Computed(computed(field.getKey(), field.getValue())));
        }
      }
      return fold(node, new Template.Fields(fields), fields.values());
    }
    if (node.isArray()) {
      List<Template> elements = new ArrayList<>();
      node.forEach(element -> elements.add(jsonPath(element)));
      return fold(node, new Template.Elements(elements), elements);
    }
    return new Template.Literal(node);
  }

  private static Expression computed(String field, JsonNode value) {
    try {
      if (value.isTextual()) {
        var expression = pathOrFunction(value.textValue());
        return expression instanceof PathExpression path
            ? scope -> path.evaluateFor(scope, field)
            : expression;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(field, e);
    }
    throw invalid(field, null);
  }

  private static IllegalArgumentException invalid(
      String field, @Nullable IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "The value for the field '"
            + field
            + "' must be a valid JSONPath or a valid intrinsic function call",
        cause);
  }

  /**
   * A path or a call of an intrinsic function.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Expression pathOrFunction(String text) {
    return text.startsWith("States.") ? IntrinsicParser.parse(text) : PathExpression.compile(text);
  }

  /** A template without anything computed is a literal. */
  private static Template fold(JsonNode node, Template template, Iterable<Template> parts) {
    for (var part : parts) {
      if (!(part instanceof Template.Literal)) {
        return template;
      }
    }
    return new Template.Literal(node);
  }
}
