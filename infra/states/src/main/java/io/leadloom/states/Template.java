package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A JSON value some of whose parts are computed. */
sealed interface Template extends Expression {

  /** A part that is what it says. */
  record Literal(JsonNode value) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) {
      return value;
    }
  }

  /** A part that is computed. */
  record Computed(Expression expression) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) {
      return expression.evaluate(scope);
    }
  }

  /** An object. */
  record Fields(Map<String, Template> fields) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) {
      var object = Json.object();
      fields.forEach((name, field) -> object.set(name, field.evaluate(scope)));
      return object;
    }
  }

  /** An array. */
  record Elements(List<Template> elements) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) {
      var array = Json.array();
      elements.forEach(element -> array.add(element.evaluate(scope)));
      return array;
    }
  }
}
