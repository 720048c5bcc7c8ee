package io.leadloom.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Permission;
import io.leadloom.platform.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations of the served document, with a request for each that its form allows. */
final class Operations {

  private static final List<String> ORDER = List.of("GET", "POST", "PATCH", "DELETE");
  private static final Map<String, String> SENSE =
      Map.of("pack", "fire-safety", "source", "austin", "applicant", "Alder Fire LLC");

  private final JsonNode document;

  Operations(JsonNode document) {
    this.document = document;
  }

  /** All of them; what removes comes last. */
  List<Operation> all() {
    var all = new ArrayList<Operation>();
    for (var path : document.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        all.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
      }
    }
    all.sort(Comparator.comparing(operation -> ORDER.indexOf(operation.method())));
    return all;
  }

  /** One of them. */
  record Operation(String method, String path, JsonNode described) {

    /** What a caller must be allowed to; nothing where it is about the caller itself. */
    Optional<Permission> permission() {
      return Optional.of(described.at("/security/0/bearer/0").asText())
          .filter(code -> !code.isEmpty())
          .map(Permission::of);
    }

    boolean namesSomething() {
      return path.contains("{");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * A request for an operation.
   *
   * @param ids what stands where the operation asks for an id, by the name of the parameter or
   *     member
   */
  Request request(Operation operation, Map<String, String> ids, String key) {
    var target = operation.path();
    var headers = new LinkedHashMap<String, String>();
    var query = new ArrayList<String>();
    for (var parameter : operation.described().path("parameters")) {
      var name = parameter.path("name").asText();
      switch (parameter.path("in").asText()) {
        case "path" -> {
          if (!ids.containsKey(name)) {
            throw new AssertionError(
                operation + ": tell the matrix an id of the sample tenant for '" + name + "'");
          }
          target = target.replace("{" + name + "}", ids.get(name));
        }
        case "query" -> {
          if (ids.containsKey(name)) {
            query.add(name + "=" + URLEncoder.encode(ids.get(name), StandardCharsets.UTF_8));
          }
        }
        case "header" ->
            headers.put(name.toLowerCase(Locale.ROOT), name.equals("If-Match") ? "*" : key);
        default -> throw new AssertionError(parameter);
      }
    }
    var schema = operation.described().at("/requestBody/content/application~1json/schema");
    return new Request(
        operation.method(),
        target + (query.isEmpty() ? "" : "?" + String.join("&", query)),
        headers,
        schema.isMissingNode() ? null : Json.write(value(schema, "", ids)));
  }

  /** The least that a schema allows, with all ids that it can hold. */
  private JsonNode value(JsonNode given, String name, Map<String, String> ids) {
    var schema = given.has("$ref") ? document.at(given.path("$ref").asText().substring(1)) : given;
    var nodes = Json.mapper().getNodeFactory();
    if (schema.has("enum")) {
      return schema.path("enum").get(0);
    }
    return switch (schema.path("type").isArray()
        ? schema.at("/type/0").asText()
        : schema.path("type").asText()) {
      case "integer", "number" -> nodes.numberNode(schema.path("minimum").asLong(1));
      case "boolean" -> nodes.booleanNode(false);
      case "array" -> nodes.arrayNode().add(value(schema.path("items"), name, ids));
      case "object" -> {
        var object = nodes.objectNode();
        var required = new ArrayList<String>();
        schema.path("required").forEach(member -> required.add(member.asText()));
        for (var member : schema.path("properties").properties()) {
          if (required.contains(member.getKey()) || ids.containsKey(member.getKey())) {
            object.set(member.getKey(), value(member.getValue(), member.getKey(), ids));
          }
        }
        yield object;
      }
      default -> nodes.textNode(text(schema, name, ids));
    };
  }

  private static String text(JsonNode schema, String name, Map<String, String> ids) {
    if (ids.containsKey(name)) {
      return ids.getOrDefault(name, "");
    }
    if (schema.path("pattern").asText().contains("@")) {
      return "someone@company.example";
    }
    return switch (schema.path("format").asText()) {
      case "date" -> "2026-02-20";
      case "date-time" -> "2026-02-20T10:00:00Z";
      case "uri" -> "https://hooks.company.example/all";
      default -> SENSE.getOrDefault(name, "something");
    };
  }

  /** A request as it is sent. */
  record Request(String method, String target, Map<String, String> headers, @Nullable String body) {

    @Override
    public String toString() {
      return method + " " + target + (body == null ? "" : " " + body);
    }
  }
}
