package io.leadloom.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.leadloom.platform.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Checks what is sent against the schemas of the document, naming all that is wrong at once. */
final class Checks {

  private static final int MOST_TOLD = 50;

  /** Knows where OpenAPI keeps its schemas, so that it warns of nothing. */
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.metaSchema(
                  JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                      .keyword(new NonValidationKeyword("components"))
                      .build()));

  private final Map<Class<?>, JsonSchema> bodies = new HashMap<>();
  private final Map<Class<?>, JsonSchema> queries = new HashMap<>();
  private final Map<Class<?>, JsonNode> parameters = new HashMap<>();

  Checks(List<Operation<?, ?, ?>> operations, Schemas schemas) {
    var references = new HashMap<Class<?>, ObjectNode>();
    for (var operation : operations) {
      if (operation.hasBody()) {
        references.computeIfAbsent(operation.body(), schemas::ofBody);
      }
    }
    var all = Json.mapper().createObjectNode();
    all.putObject("components").set("schemas", schemas.referred());
    references.forEach((type, reference) -> {
      var schema = all.deepCopy();
      schema.setAll(reference);
      bodies.put(type, compiled(schema));
    });
    for (var operation : operations) {
      queries.computeIfAbsent(
          operation.query(),
          type -> {
            var schema = schemas.ofQuery(type);
            parameters.put(type, Schemas.members(schema));
            return compiled(schema);
          });
    }
  }

  private static JsonSchema compiled(JsonNode schema) {
    var config =
        SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ENGLISH)
            .build();
    return FACTORY.getSchema(schema, config);
  }

  /** The record in a body. */
  <B> B body(JsonNode tree, Class<B> type) {
    if (!tree.isObject()) {
      throw new Refusal(400, "body.malformed", "The body must be a JSON object");
    }
    require(Objects.requireNonNull(bodies.get(type)), tree, "");
    return Wire.record(tree, type);
  }

  /** The record in the parameters of a query, which come as texts. */
  <Q> Q query(Map<String, String> query, Class<Q> type) {
    var known = Objects.requireNonNull(parameters.get(type));
    var tree = Json.mapper().createObjectNode();
    query.forEach((name, text) -> {
      switch (known.path(name).path("type").asText()) {
        case "integer" -> {
          if (text.matches("-?[0-9]{1,18}")) {
            tree.put(name, Long.parseLong(text));
          } else {
            tree.put(name, text);
          }
        }
        case "boolean" -> {
          if (text.equals("true") || text.equals("false")) {
            tree.put(name, text.equals("true"));
          } else {
            tree.put(name, text);
          }
        }
        default -> tree.put(name, text);
      }
    });
    require(Objects.requireNonNull(queries.get(type)), tree, "query");
    return Wire.record(tree, type);
  }

  private static void require(JsonSchema schema, JsonNode tree, String place) {
    var messages = schema.validate(tree);
    if (messages.isEmpty()) {
      return;
    }
    var errors = new ArrayList<Problem.Field>();
    messages.stream().limit(MOST_TOLD).forEach(message -> errors.add(error(message, place)));
    throw new Refusal(
        400,
        "request.invalid",
        "%d of the values sent are not as they must be; 'errors' names them"
            .formatted(messages.size()),
        errors);
  }

  private static Problem.Field error(ValidationMessage message, String place) {
    var field = place + message.getInstanceLocation();
    var property = message.getProperty();
    if (property != null) {
      field += "/" + property;
    }
    var detail =
        switch (message.getType()) {
          case "required" -> "is missing";
          case "additionalProperties" -> "is not known here";
          // Whatever else the library says names the rule, never the value.
          default -> message.getError();
        };
    return new Problem.Field(field, message.getType(), detail);
  }
}
