package io.leadloom.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluated properties, read with the type that each must have. An error names the line.
 *
 * @param at where the owner stands
 * @param owner what they belong to, for messages
 */
record Properties(Place at, String owner, Map<String, TemplateNode> values) {

  static Properties of(String owner, TemplateNode node) {
    if (node instanceof TemplateNode.Mapping mapping) {
      return new Properties(node.at(), owner, mapping.entries());
    }
    throw new TemplateException(node.at(), owner + " must be a mapping of names to values");
  }

  /** Refuses every property but these. */
  Properties only(String... names) {
    var known = List.of(names);
    for (var entry : values.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw unsupported(entry.getValue().at(), entry.getKey(), owner);
      }
    }
    return this;
  }

  static TemplateException unsupported(Place at, String property, String owner) {
    return new TemplateException(
        at,
        "The local stack does not know the property "
            + property
            + " of "
            + owner
            + ". Correct the name, or remove it; see the types of io.leadloom.local.template for what"
            + " is known");
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Place placeOf(String name) {
    var value = values.get(name);
    return value == null ? at : value.at();
  }

  Optional<String> text(String name) {
    return scalar(name).map(JsonNode::asText);
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  Optional<Integer> integer(String name) {
    return scalar(name)
        .map(value -> {
          try {
            return Integer.valueOf(value.asText());
          } catch (NumberFormatException e) {
            throw new TemplateException(
                placeOf(name), name + " of " + owner + " must be a whole number, but is " + value);
          }
        });
  }

  boolean flag(String name, boolean otherwise) {
    return scalar(name).map(value -> value.asText().equalsIgnoreCase("true")).orElse(otherwise);
  }

  Optional<Properties> child(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> of(name + " of " + owner, value));
  }

  /** The entries of a mapping of mappings. */
  Map<String, Properties> children(String name) {
    var children = new LinkedHashMap<String, Properties>();
    child(name)
        .ifPresent(all ->
            all.values()
                .forEach((key, value) -> children.put(key, of(key + " in " + all.owner(), value))));
    return children;
  }

  /** The items of a list, or the one value that stands in its place. */
  List<TemplateNode> items(String name) {
    return switch (values.get(name)) {
      case null -> List.of();
      case TemplateNode.Sequence sequence -> sequence.items();
      case TemplateNode single -> List.of(single);
    };
  }

  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var item : items(name)) {
      texts.add(item.toJson().asText());
    }
    return texts;
  }

  /** The texts of a mapping of names to texts. */
  Map<String, String> textMap(String name) {
    var texts = new LinkedHashMap<String, String>();
    child(name)
        .ifPresent(
            all -> all.values().keySet().forEach(key -> texts.put(key, all.requiredText(key))));
    return texts;
  }

  Optional<JsonNode> json(String name) {
    return Optional.ofNullable(values.get(name)).map(TemplateNode::toJson);
  }

  /** These properties, where present, as a JSON object. */
  ObjectNode pick(String... names) {
    var object = TemplateNode.JSON.objectNode();
    for (var name : names) {
      json(name).ifPresent(value -> object.set(name, value));
    }
    return object;
  }

  private Optional<JsonNode> scalar(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case TemplateNode.Scalar scalar when !scalar.value().isNull() -> Optional.of(scalar.value());
      case TemplateNode other ->
          throw new TemplateException(
              other.at(),
              name + " of " + owner + " must be a plain value, but is " + other.toJson());
    };
  }

  private TemplateException missing(String name) {
    return new TemplateException(at, owner + " lacks the property " + name);
  }
}
