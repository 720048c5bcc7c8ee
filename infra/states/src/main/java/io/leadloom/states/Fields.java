package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object of a definition while it is read. It knows where it stands, which of its fields were
 * asked for, and gathers what is wrong with them.
 */
final class Fields {

  private final JsonNode node;
  private final String location;
  private final List<String> problems;
  private final Set<String> known = new HashSet<>(Set.of("Comment"));

  Fields(JsonNode node, String location, List<String> problems) {
    this.node = node;
    this.location = location;
    this.problems = problems;
    if (!node.isObject()) {
      problem("Expected value of type Object");
    }
  }

  JsonNode node() {
    return node;
  }

  String location() {
    return location;
  }

  boolean has(String field) {
    known.add(field);
    return node.has(field);
  }

  /** The value of a field, or null where it is absent. */
  @Nullable JsonNode get(String field) {
    known.add(field);
    return node.get(field);
  }

  /** The text of a field, or null where it is absent or no text. */
  @Nullable String text(String field) {
    var value = get(field);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      problemAt(field, "Expected value of type String");
      return null;
    }
    return value.textValue();
  }

  /** The text of a field that must be there; empty when it is not. */
  String requiredText(String field) {
    if (!has(field)) {
      problem("The field '" + field + "' is required but was missing");
      return "";
    }
    var text = text(field);
    return text == null ? "" : text;
  }

  /** The inner object of a field, or null where it is absent. */
  @Nullable Fields object(String field) {
    var value = get(field);
    return value == null ? null : new Fields(value, location + "/" + field, problems);
  }

  /** The inner objects of an array field. */
  List<Fields> objects(String field) {
    var value = get(field);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      problemAt(field, "Expected value of type Array");
      return List.of();
    }
    List<Fields> list = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      list.add(new Fields(value.get(i), location + "/" + field + "[" + i + "]", problems));
    }
    return list;
  }

  /** Reads a field with a function that throws IllegalArgumentException for what it refuses. */
  <T> @Nullable T read(String field, Function<JsonNode, @Nullable T> reader) {
    var value = get(field);
    if (value == null) {
      return null;
    }
    try {
      return reader.apply(value);
    } catch (IllegalArgumentException e) {
      problemAt(field, String.valueOf(e.getMessage()));
      return null;
    }
  }

  void problem(String text) {
    problems.add("SCHEMA_VALIDATION_FAILED: " + text + " at " + location);
  }

  void problemAt(String field, String text) {
    problems.add("SCHEMA_VALIDATION_FAILED: " + text + " at " + location + "/" + field);
  }

  /** Adds a problem of another kind. */
  void problem(String kind, String field, String text) {
    problems.add(kind + ": " + text + " at " + location + (field.isEmpty() ? "" : "/" + field));
  }

  /** Complains about every field that nobody asked for. */
  void refuseOthers() {
    if (!node.isObject()) {
      return;
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            problem("Field '" + name + "' is not supported");
          }
        });
  }
}
