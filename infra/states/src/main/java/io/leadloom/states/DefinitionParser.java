package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads definitions of state machines and says what is wrong with them as AWS does. */
final class DefinitionParser {

  private static final Set<String> TYPES =
      Set.of("Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map");

  private final List<String> problems = new ArrayList<>();

  private DefinitionParser() {}

  /**
   * Reads a definition.
   *
   * @throws StatesException {@code InvalidDefinition} when it is not valid
   */
  static Definition parse(String text) {
    var parser = new DefinitionParser();
    JsonNode node;
    try {
      node = Json.parse(text);
    } catch (JsonProcessingException e) {
      throw invalid(List.of("INVALID_JSON_DESCRIPTION: " + e.getOriginalMessage()));
    }
    var fields = new Fields(node, "/", parser.problems);
    var language = parser.language(fields, QueryLanguage.JSON_PATH);
    fields.has("Version");
    var timeout =
        fields.read("TimeoutSeconds", value -> value.isIntegralNumber() ? value.longValue() : null);
    var root = parser.branch(fields, "", language);
    fields.refuseOthers();
    if (root == null || !parser.problems.isEmpty()) {
      throw invalid(parser.problems);
    }
    return new Definition(root, timeout);
  }

  static StatesException invalid(List<String> problems) {
    return new StatesException(
        "InvalidDefinition",
        "Invalid State Machine Definition: '" + String.join(", ", problems) + "'");
  }

  QueryLanguage language(Fields fields, QueryLanguage inherited) {
    var name = fields.text("QueryLanguage");
    if (name == null) {
      return inherited;
    }
    return switch (name) {
      case "JSONata" -> QueryLanguage.JSONATA;
      case "JSONPath" -> {
        if (inherited == QueryLanguage.JSONATA) {
          fields.problemAt(
              "QueryLanguage",
              "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
        }
        yield QueryLanguage.JSON_PATH;
      }
      default -> {
        fields.problemAt("QueryLanguage", "Value is not one of [JSONPath, JSONata]");
        yield inherited;
      }
    };
  }

  /**
   * Reads an object with StartAt and States.
   *
   * @param path where it stands, without a slash at the end
   * @return null if it has no states at all, which is a problem then
   */
  @Nullable Branch branch(Fields fields, String path, QueryLanguage language) {
    var startAt = fields.requiredText("StartAt");
    var states = fields.get("States");
    if (states == null || !states.isObject()) {
      fields.problem("The field 'States' is required but was missing");
      return null;
    }
    Map<String, State> map = new LinkedHashMap<>();
    for (var entry : states.properties()) {
      var name = entry.getKey();
      var inner = new Fields(entry.getValue(), path + "/States/" + name, problems);
      var state = state(inner, name, language);
      if (state != null) {
        map.put(name, state);
      }
    }
    if (!startAt.isEmpty() && !states.has(startAt)) {
      fields.problem(
          "MISSING_TRANSITION_TARGET", "StartAt", "Missing 'StartAt' target: " + startAt);
    }
    new Transitions(problems, path, states).check(map.values());
    return new Branch(startAt, map);
  }

  private @Nullable State state(Fields fields, String name, QueryLanguage inherited) {
    if (name.length() > 80) {
      fields.problem("State name length is over 80 characters");
    }
    var type = fields.requiredText("Type");
    if (!TYPES.contains(type)) {
      if (!type.isEmpty()) {
        fields.problemAt(
            "Type", "Value is not one of [Task, Pass, Choice, Wait, Succeed, Fail, Parallel, Map]");
      }
      return null;
    }
    var language = language(fields, inherited);
    var state = new StateParser(this, fields, name, type, language).parse();
    fields.refuseOthers();
    return state;
  }
}
