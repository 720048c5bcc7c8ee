package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The data of a state from step to step, as far as they can be worked out. */
final class Inspection {

  private final Scope scope;
  private final Dataflow flow;
  private final ObjectNode data = Json.object();

  /**
   * @param scope as the state is entered
   */
  Inspection(Scope scope, Dataflow flow) {
    this.scope = scope;
    this.flow = flow;
  }

  /** Works out what the data become on the way in. */
  void enter(String input) {
    put("input", input);
    if (!isJsonata()) {
      add("afterInputPath", () -> flow.input(scope));
      add("afterParameters", () -> flow.arguments(scope));
    } else if (flow.arguments() != null) {
      add("afterArguments", () -> flow.arguments(scope));
    }
  }

  /** Works out what the result of the state's work becomes on the way out. */
  void leave(JsonNode result) {
    put("result", Json.write(result));
    if (isJsonata()) {
      return;
    }
    var selector = flow.resultSelector();
    var selected =
        add(
            "afterResultSelector",
            () -> selector == null ? result : selector.evaluate(scope.withData(result)));
    if (selected != null) {
      add("afterResultPath", () -> flow.resultPath().put(scope, scope.input(), selected));
    }
  }

  void put(String field, String json) {
    data.put(field, json);
  }

  /** What a field was found to be; null if that failed. */
  @Nullable JsonNode get(String field) {
    return data.has(field) ? parse(data.path(field).asText()) : null;
  }

  boolean isJsonata() {
    return flow.language() == QueryLanguage.JSONATA;
  }

  ObjectNode data() {
    return data;
  }

  private @Nullable JsonNode add(String field, Supplier<JsonNode> step) {
    try {
      var value = step.get();
      put(field, Json.write(value));
      return value;
    } catch (StateError e) {
      // The state fails by it just so, and tells more of it.
      return null;
    }
  }

  static JsonNode parse(String json) {
    try {
      return Json.parse(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a JSON document: " + json, e);
    }
  }
}
