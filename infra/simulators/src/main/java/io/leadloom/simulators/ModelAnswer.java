package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every simulated language model says, always the same to the same prompt:
 *
 * <ul>
 *   <li>to a prompt with facts, which are a JSON object in a fence ({@code ```json}) or between
 *       {@code <data>} and {@code </data>}: a message as {@code {"subject", "body"}}; see {@link
 *       ModelDraft};
 *   <li>to a prompt with a JSON schema for the answer: the simplest object that fits;
 *   <li>to any other prompt: its last line.
 * </ul>
 *
 * @param text what it says
 * @param end why it stopped
 */
record ModelAnswer(String text, End end) {

  enum End {
    DONE,
    CUT_OFF,
    REFUSED
  }

  private static final Pattern FACTS =
      Pattern.compile("(?:```json|<data>)\\s*(\\{.*?})\\s*(?:```|</data>)", Pattern.DOTALL);

  /**
   * Answers a prompt.
   *
   * @param schema of the answer, if the request has one
   * @param misbehaviour what to do wrong; see {@link Fault#draft}
   */
  static ModelAnswer to(String prompt, @Nullable JsonNode schema, @Nullable String misbehaviour) {
    if ("refusal".equals(misbehaviour)) {
      return new ModelAnswer("I cannot help with that.", End.REFUSED);
    }
    var facts = facts(prompt);
    if (facts.isPresent()) {
      var text = Json.text(ModelDraft.write(facts.get(), prompt, misbehaviour));
      return "truncated".equals(misbehaviour)
          ? new ModelAnswer(text.substring(0, text.length() / 2), End.CUT_OFF)
          : new ModelAnswer(text, End.DONE);
    }
    if (schema != null) {
      return new ModelAnswer(Json.text(example(schema)), End.DONE);
    }
    return new ModelAnswer(prompt.strip().lines().reduce("", (a, b) -> b), End.DONE);
  }

  /** Tokens as all simulated models count them. */
  static int tokens(String text) {
    return (text.length() + 3) / 4;
  }

  /** The last such JSON object: what comes before may be an example. */
  private static Optional<JsonNode> facts(String prompt) {
    return FACTS
        .matcher(prompt)
        .results()
        .map(fence -> fence.group(1).getBytes(StandardCharsets.UTF_8))
        .flatMap(json -> Json.parse(json).stream())
        .filter(JsonNode::isObject)
        .reduce((earlier, later) -> later);
  }

  private static JsonNode example(JsonNode schema) {
    if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
      return schema.path("enum").path(0);
    }
    var type = schema.path("type");
    return switch ((type.isArray() ? type.path(0) : type)
        .asText("object")
        .toLowerCase(Locale.ROOT)) {
      case "string" -> Json.MAPPER.getNodeFactory().textNode("text");
      case "integer", "number" -> Json.MAPPER.getNodeFactory().numberNode(0);
      case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(false);
      case "array" -> Json.MAPPER.createArrayNode();
      case "null" -> Json.MAPPER.nullNode();
      default -> {
        var object = Json.object();
        schema
            .path("properties")
            .properties()
            .forEach(property -> object.set(property.getKey(), example(property.getValue())));
        yield object;
      }
    };
  }
}
