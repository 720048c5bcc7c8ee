package io.leadloom.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Permission;
import io.leadloom.platform.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Describes the operations as an OpenAPI 3.1 document. */
final class OpenApi {

  /** What API Gateway may answer before our code is asked, in a form of its own. */
  private static final Set<Integer> GATEWAYS = Set.of(401, 403, 413, 429, 503);

  private final Schemas schemas;

  OpenApi(Schemas schemas) {
    this.schemas = schemas;
  }

  ObjectNode of(List<Operation<?, ?, ?>> operations) {
    var document = Json.mapper().createObjectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Leadloom")
        .put("version", "1")
        .put(
            "description",
            "From a signal to a booked meeting. The tenant follows from the credentials. Errors are"
                + " problem documents with a stable code. Every POST takes an Idempotency-Key and"
                + " acts once for each key within 24 hours; what changes something needs the ETag"
                + " of what was seen, as If-Match.");
    document.putArray("servers").addObject().put("url", "/");
    document.putArray("security").addObject().putArray("bearer");
    var paths = document.putObject("paths");
    for (var operation : operations) {
      paths
          .withObjectProperty(operation.path())
          .set(operation.method().toLowerCase(Locale.ROOT), describe(operation));
    }
    var components = document.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "A token, or an API key");
    schemas.ofAnswer(Problem.class);
    components.set("schemas", schemas.referred());
    return document;
  }

  private ObjectNode describe(Operation<?, ?, ?> operation) {
    var described = Json.mapper().createObjectNode();
    described.put("operationId", operation.id());
    described.put("summary", operation.summary());
    described.put(
        "description",
        operation
            .permission()
            .map(permission -> "Needs the permission " + permission.code() + ".")
            .orElse("Needs no permission, only to know who you are."));
    // In version 3.1, what a scheme that is not of OAuth lists is what a caller must be allowed to.
    var permissions = described.putArray("security").addObject().putArray("bearer");
    operation.permission().map(Permission::code).ifPresent(permissions::add);
    described.putArray("tags").add(operation.path().split("/")[2]);
    var parameters = described.putArray("parameters");
    for (var name : operation.parameters()) {
      parameters
          .addObject()
          .put("name", name)
          .put("in", "path")
          .put("required", true)
          .putObject("schema")
          .put("type", "string")
          .put("pattern", Form.ID);
    }
    var query = schemas.ofQuery(operation.query());
    Schemas.members(query)
        .properties()
        .forEach(member -> {
          var parameter = parameters.addObject().put("name", member.getKey()).put("in", "query");
          parameter.put("required", isRequired(query, member.getKey()));
          var schema = member.getValue().<ObjectNode>deepCopy();
          if (schema.has("description")) {
            parameter.set("description", schema.remove("description"));
          }
          parameter.set("schema", schema);
        });
    if (operation.isPost()) {
      header(parameters.addObject(), "Idempotency-Key")
          .put("pattern", Api.KEY_FORM)
          .put("maxLength", 255);
    }
    if (operation.changesWhatWasSeen()) {
      header(parameters.addObject(), "If-Match").put("minLength", 1);
    }
    if (operation.hasBody()) {
      described
          .putObject("requestBody")
          .put("required", true)
          .putObject("content")
          .putObject("application/json")
          .set("schema", schemas.ofBody(operation.body()));
    }
    var responses = described.putObject("responses");
    for (var status : operation.allStatuses()) {
      answer(responses.putObject(Integer.toString(status)), operation, status);
    }
    return described;
  }

  private void answer(ObjectNode response, Operation<?, ?, ?> operation, int status) {
    if (!operation.statuses().contains(status)) {
      response.put("description", Problem.title(status));
      if (status == 429) {
        integerHeader(response, "Retry-After", "Seconds until there is room again");
      }
      var content = response.putObject("content");
      content.putObject("application/problem+json").set("schema", schemas.ofAnswer(Problem.class));
      if (GATEWAYS.contains(status)) {
        content.putObject("application/json").set("schema", schemas.ofAnswer(GatewayAnswer.class));
      }
      return;
    }
    response.put("description", status == 204 ? "Done" : operation.summary());
    if (operation.answer() != None.class) {
      response
          .putObject("content")
          .putObject("application/json")
          .set("schema", schemas.ofAnswer(operation.answer()));
    }
  }

  private static void integerHeader(ObjectNode response, String name, String description) {
    response
        .putObject("headers")
        .putObject(name)
        .put("description", description)
        .putObject("schema")
        .put("type", "integer");
  }

  private static ObjectNode header(ObjectNode parameter, String name) {
    return parameter
        .put("name", name)
        .put("in", "header")
        .put("required", true)
        .putObject("schema")
        .put("type", "string");
  }

  private static boolean isRequired(ObjectNode schema, String name) {
    for (var required : schema.path("required")) {
      if (required.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** A refusal of the gateway's own. */
  @About("What the gateway says that stands before the API, where it refuses a request by itself.")
  private record GatewayAnswer(String message) {}
}
