package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API's actions on state machines. They run on the engine's thread. */
final class MachineActions {

  private static final int LONGEST_DEFINITION = 1_048_576;

  /** One of these has to be in an update. */
  private static final List<String> UPDATED =
      List.of("definition", "roleArn", "loggingConfiguration", "tracingConfiguration", "publish");

  private final Engine engine;

  MachineActions(Engine engine) {
    this.engine = engine;
  }

  JsonNode create(JsonNode request) {
    var givenName = Requests.required(request, "name", Requests.LONGEST_NAME);
    var text = definition(request, "definition");
    var givenRole = Requests.required(request, "roleArn");
    var givenType = Requests.oneOf(request, "type", "STANDARD", "EXPRESS");
    var name = Requests.checkedName(givenName);
    var roleArn = Requests.checkedArn(givenRole);
    var type = givenType == null ? "STANDARD" : givenType;
    var arn = arn("stateMachine", name);
    var definition = checked(text, type);
    var existing = engine.machines().find(arn);
    if (existing != null) {
      if (existing.definition().equals(text)
          && existing.type().equals(type)
          && existing.roleArn().equals(roleArn)) {
        return created(existing);
      }
      throw new StatesException(
          "StateMachineAlreadyExists", "State Machine Already Exists: '" + arn + "'");
    }
    var machine =
        new Machine(
            arn,
            name,
            type,
            text,
            roleArn,
            UUID.randomUUID().toString(),
            engine.nowMillis(),
            request.get("loggingConfiguration"),
            request.get("tracingConfiguration"),
            request.get("tags"));
    engine.machines().put(machine, definition);
    var answer = created(machine);
    publish(request, machine, answer);
    return answer;
  }

  /** Publishes what was just created or changed, if that is asked for. */
  private void publish(JsonNode request, Machine machine, ObjectNode answer) {
    var description = Requests.optional(request, "versionDescription");
    if (request.path("publish").asBoolean()) {
      var version =
          engine
              .machines()
              .versions()
              .publish(machine, description == null ? "" : description, engine.nowMillis());
      answer.put("stateMachineVersionArn", version.arn());
    } else if (description != null) {
      throw new StatesException(
          "ValidationException", "Version description can only be set when publish is true");
    }
  }

  private static String definition(JsonNode request, String field) {
    return Requests.required(request, field, LONGEST_DEFINITION);
  }

  private static Definition checked(String text, String type) {
    var definition = DefinitionParser.parse(text);
    if (type.equals("EXPRESS")) {
      ExpressRules.check(definition);
    }
    return definition;
  }

  private static ObjectNode created(Machine machine) {
    var answer = Json.object();
    answer.put("stateMachineArn", machine.arn());
    answer.set("creationDate", Json.seconds(machine.createdMillis()));
    return answer;
  }

  JsonNode update(JsonNode request) {
    var old = find(request);
    if (UPDATED.stream().noneMatch(request::hasNonNull)) {
      throw new StatesException(
          "MissingRequiredParameter",
          "Either the definition, the role ARN, the LoggingConfiguration, or the"
              + " TracingConfiguration must be specified");
    }
    var givenText = Requests.optional(request, "definition", LONGEST_DEFINITION);
    var givenRole = Requests.optional(request, "roleArn");
    var text = givenText == null ? old.definition() : givenText;
    var definition = checked(text, old.type());
    var machine =
        new Machine(
            old.arn(),
            old.name(),
            old.type(),
            text,
            givenRole == null ? old.roleArn() : givenRole,
            // Running executions keep a revision alive: none is made without need.
            text.equals(old.definition()) ? old.revision() : UUID.randomUUID().toString(),
            old.createdMillis(),
            given(request, "loggingConfiguration", old.loggingConfiguration()),
            given(request, "tracingConfiguration", old.tracingConfiguration()),
            old.tags());
    engine.machines().put(machine, definition);
    var answer = Json.object();
    answer.set("updateDate", Json.seconds(engine.nowMillis()));
    answer.put("revisionId", machine.revision());
    publish(request, machine, answer);
    return answer;
  }

  private static @Nullable JsonNode given(
      JsonNode request, String field, @Nullable JsonNode otherwise) {
    return request.has(field) ? request.get(field) : otherwise;
  }

  JsonNode delete(JsonNode request) {
    engine.machines().delete(Requests.arn(request, "stateMachineArn", "stateMachine"));
    return Json.object();
  }

  JsonNode describe(JsonNode request) {
    var arn = Requests.arn(request, "stateMachineArn", "stateMachine");
    var target = engine.machines().target(arn, 0);
    var machine = target.machine();
    var version = target.version();
    var answer = describe(machine, engine.machines().text(target.revision()));
    answer.put("status", "ACTIVE");
    answer.put("type", machine.type());
    answer.set("creationDate", Json.seconds(machine.createdMillis()));
    answer.put("revisionId", target.revision());
    if (version != null) {
      answer.put("stateMachineArn", version.arn());
      answer.put("roleArn", version.roleArn());
      answer.put("description", version.description());
      answer.set("creationDate", Json.seconds(version.createdMillis()));
    }
    return answer;
  }

  JsonNode describeForExecution(JsonNode request) {
    var record = ExecutionActions.find(engine, request);
    var machine = engine.machines().find(record.machineArn);
    var text = engine.machines().text(record.revision);
    if (machine != null) {
      var answer = describe(machine, text);
      answer.set("updateDate", Json.seconds(machine.createdMillis()));
      answer.put("revisionId", record.revision);
      return answer;
    }
    var answer = Json.object();
    answer.put("stateMachineArn", record.machineArn);
    answer.put("name", record.machineName);
    answer.put("definition", text);
    answer.put("roleArn", record.roleArn);
    answer.set("updateDate", Json.seconds(record.startMillis));
    return answer;
  }

  private static ObjectNode describe(Machine machine, String definition) {
    var answer = Json.object();
    answer.put("stateMachineArn", machine.arn());
    answer.put("name", machine.name());
    answer.put("definition", definition);
    answer.put("roleArn", machine.roleArn());
    if (machine.loggingConfiguration() == null) {
      answer
          .putObject("loggingConfiguration")
          .put("level", "OFF")
          .put("includeExecutionData", false);
    } else {
      answer.set("loggingConfiguration", machine.loggingConfiguration());
    }
    if (machine.tracingConfiguration() == null) {
      answer.putObject("tracingConfiguration").put("enabled", false);
    } else {
      answer.set("tracingConfiguration", machine.tracingConfiguration());
    }
    return answer;
  }

  JsonNode list(JsonNode request) {
    return Requests.page(
        request,
        "stateMachines",
        new ArrayList<>(engine.machines().all()),
        machine -> {
          var item = Json.object();
          item.put("stateMachineArn", machine.arn());
          item.put("name", machine.name());
          item.put("type", machine.type());
          item.set("creationDate", Json.seconds(machine.createdMillis()));
          return item;
        });
  }

  JsonNode tags(JsonNode request) {
    var answer = Json.object();
    var list = answer.putArray("tags");
    tagsOf(tagged(request)).forEach((key, tag) -> list.add(tag));
    return answer;
  }

  JsonNode tag(JsonNode request) {
    var machine = tagged(request);
    var tags = tagsOf(machine);
    for (var tag : request.path("tags")) {
      tags.put(tag.path("key").asText(), tag);
    }
    return retagged(machine, tags);
  }

  JsonNode untag(JsonNode request) {
    var machine = tagged(request);
    var tags = tagsOf(machine);
    request.path("tagKeys").forEach(key -> tags.remove(key.asText()));
    return retagged(machine, tags);
  }

  private Machine tagged(JsonNode request) {
    var arn = Requests.arn(request, "resourceArn", "stateMachine");
    var machine = engine.machines().find(arn);
    if (machine == null) {
      throw new StatesException("ResourceNotFound", "Resource not found: '" + arn + "'");
    }
    return machine;
  }

  private static Map<String, JsonNode> tagsOf(Machine machine) {
    Map<String, JsonNode> tags = new LinkedHashMap<>();
    if (machine.tags() != null) {
      machine.tags().forEach(tag -> tags.put(tag.path("key").asText(), tag));
    }
    return tags;
  }

  private JsonNode retagged(Machine machine, Map<String, JsonNode> tags) {
    var definition = engine.machines().definition(machine.revision());
    engine.machines().put(machine.withTags(Json.array().addAll(tags.values())), definition);
    return Json.object();
  }

  /** Checks a definition without creating anything. */
  static JsonNode validate(JsonNode request) {
    var text = definition(request, "definition");
    var answer = Json.object();
    var diagnostics = Json.array();
    try {
      DefinitionParser.parse(text);
      answer.put("result", "OK");
    } catch (StatesException e) {
      answer.put("result", "FAIL");
      diagnostics
          .addObject()
          .put("severity", "ERROR")
          .put("code", "SCHEMA_VALIDATION_FAILED")
          .put("message", e.getMessage());
    }
    answer.set("diagnostics", diagnostics);
    answer.put("truncated", false);
    return answer;
  }

  private Machine find(JsonNode request) {
    return engine.machines().get(Requests.arn(request, "stateMachineArn", "stateMachine"));
  }

  private String arn(String kind, String name) {
    var options = engine.options();
    return "arn:aws:states:%s:%s:%s:%s"
        .formatted(options.region(), options.accountId(), kind, name);
  }
}
