package io.leadloom.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/** A piece of a template that knows its place. After evaluation no {@link Call} is left in it. */
sealed interface TemplateNode {

  JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** For the value of a property, the line on which the property's name stands. */
  Place at();

  /** The same without places. */
  JsonNode toJson();

  /** A string, number, boolean or null. */
  record Scalar(Place at, JsonNode value) implements TemplateNode {

    static Scalar text(Place at, String text) {
      return new Scalar(at, JSON.textNode(text));
    }

    String text() {
      return value.asText();
    }

    @Override
    public JsonNode toJson() {
      return value;
    }
  }

  /** A list. */
  record Sequence(Place at, List<TemplateNode> items) implements TemplateNode {

    @Override
    public JsonNode toJson() {
      var array = JSON.arrayNode();
      items.forEach(item -> array.add(item.toJson()));
      return array;
    }
  }

  /** Named values in the order of the template. */
  record Mapping(Place at, Map<String, TemplateNode> entries) implements TemplateNode {

    @Override
    public JsonNode toJson() {
      var object = JSON.objectNode();
      entries.forEach((name, value) -> object.set(name, value.toJson()));
      return object;
    }
  }

  /** An intrinsic function by its long name, for example {@code Fn::Sub}. */
  record Call(Place at, String function, TemplateNode argument) implements TemplateNode {

    @Override
    public JsonNode toJson() {
      throw new IllegalStateException(at + ": " + function + " is not evaluated yet");
    }
  }
}
