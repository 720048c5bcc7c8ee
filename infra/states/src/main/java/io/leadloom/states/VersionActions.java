package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The API's actions on versions and aliases. They run on the engine's thread. */
final class VersionActions {

  private static final Pattern ALIAS_NAME =
      Pattern.compile("(?=.*[a-zA-Z_\\-.])[a-zA-Z0-9_\\-.]{1,80}");

  private static final int LONGEST_DESCRIPTION = 256;

  private final Engine engine;
  private final Versions versions;

  VersionActions(Engine engine) {
    this.engine = engine;
    this.versions = engine.machines().versions();
  }

  JsonNode publish(JsonNode request) {
    var revision = Requests.optional(request, "revisionId");
    var description = description(request, "description", "");
    var machine = engine.machines().get(Requests.arn(request, "stateMachineArn", "stateMachine"));
    if (revision != null && !revision.equals(machine.revision())) {
      throw new StatesException(
          "ConflictException",
          "The revisionId " + revision + " is not the present one of " + machine.arn());
    }
    var version = versions.publish(machine, description, engine.nowMillis());
    var answer = Json.object();
    answer.set("creationDate", Json.seconds(version.createdMillis()));
    answer.put("stateMachineVersionArn", version.arn());
    return answer;
  }

  private static String description(JsonNode request, String field, String otherwise) {
    var given = Requests.optional(request, field, LONGEST_DESCRIPTION);
    return given == null ? otherwise : given;
  }

  JsonNode list(JsonNode request) {
    return Requests.page(
        request,
        "stateMachineVersions",
        versions.list(machine(request)),
        version -> {
          var item = Json.object();
          item.put("stateMachineVersionArn", version.arn());
          item.set("creationDate", Json.seconds(version.createdMillis()));
          return item;
        });
  }

  private String machine(JsonNode request) {
    var arn = Requests.arn(request, "stateMachineArn", "stateMachine");
    return engine.machines().get(arn).arn();
  }

  JsonNode delete(JsonNode request) {
    var arn = Requests.arn(request, "stateMachineVersionArn", "stateMachine");
    var version = versions.find(arn);
    if (version != null) {
      for (var alias : versions.listAliases(version.machineArn())) {
        if (alias.routes().stream().anyMatch(route -> route.versionArn().equals(arn))) {
          throw new StatesException(
              "ConflictException",
              "Version to be deleted must not be referenced by an alias. Current list of aliases"
                  + " referencing this version: ["
                  + alias.name()
                  + "]");
        }
      }
      versions.delete(version);
    }
    return Json.object();
  }

  JsonNode createAlias(JsonNode request) {
    var name = Requests.required(request, "name", Requests.LONGEST_NAME);
    var description = description(request, "description", "");
    if (!ALIAS_NAME.matcher(name).matches()) {
      throw Requests.invalid(
          "Value '%s' at 'name'".formatted(name),
          "Member must satisfy regular expression pattern: " + ALIAS_NAME);
    }
    var routes = routes(request);
    var now = engine.nowMillis();
    var machineArn = Versions.machineArn(routes.getFirst().versionArn());
    var alias = new Alias(machineArn, name, description, routes, now, now);
    var existing = versions.findAlias(alias.arn());
    if (existing != null) {
      if (!existing.routes().equals(routes) || !existing.description().equals(description)) {
        throw new StatesException(
            "ConflictException",
            "Failed to create alias because an alias with the same name and a different routing"
                + " configuration already exists.");
      }
      return created(existing);
    }
    versions.put(alias);
    return created(alias);
  }

  private static JsonNode created(Alias alias) {
    var answer = Json.object();
    answer.put("stateMachineAliasArn", alias.arn());
    answer.set("creationDate", Json.seconds(alias.createdMillis()));
    return answer;
  }

  private List<Alias.Route> routes(JsonNode request) {
    List<Alias.Route> routes = new ArrayList<>();
    int total = 0;
    for (var item : request.path("routingConfiguration")) {
      var arn = Requests.arn(item, "stateMachineVersionArn", "stateMachine");
      if (versions.find(arn) == null) {
        throw new StatesException(
            "ResourceNotFound", "Request references a resource that does not exist: " + arn);
      }
      routes.add(new Alias.Route(arn, item.path("weight").asInt()));
      total += item.path("weight").asInt();
    }
    var machines = routes.stream().map(r -> Versions.machineArn(r.versionArn())).distinct().count();
    if (routes.isEmpty()
        || routes.size() > 2
        || total != 100
        || machines != 1
        || routes.stream().anyMatch(r -> r.weight() < 0)) {
      throw new StatesException(
          "ValidationException",
          "The routing configuration must name one or two versions of one state machine, with"
              + " weights whose sum is 100");
    }
    return routes;
  }

  private Alias alias(JsonNode request) {
    var arn = Requests.arn(request, "stateMachineAliasArn", "stateMachine");
    var alias = versions.findAlias(arn);
    if (alias == null) {
      throw new StatesException(
          "ResourceNotFound", "Request references a resource that does not exist: " + arn);
    }
    return alias;
  }

  JsonNode describeAlias(JsonNode request) {
    var alias = alias(request);
    var answer = Json.object();
    answer.put("stateMachineAliasArn", alias.arn());
    answer.put("name", alias.name());
    answer.put("description", alias.description());
    var routes = answer.putArray("routingConfiguration");
    for (var route : alias.routes()) {
      routes
          .addObject()
          .put("stateMachineVersionArn", route.versionArn())
          .put("weight", route.weight());
    }
    answer.set("creationDate", Json.seconds(alias.createdMillis()));
    answer.set("updateDate", Json.seconds(alias.updatedMillis()));
    return answer;
  }

  JsonNode updateAlias(JsonNode request) {
    var old = alias(request);
    var routes = request.hasNonNull("routingConfiguration") ? routes(request) : old.routes();
    var now = engine.nowMillis();
    versions.put(
        new Alias(
            old.machineArn(),
            old.name(),
            description(request, "description", old.description()),
            routes,
            old.createdMillis(),
            now));
    return Json.object().set("updateDate", Json.seconds(now));
  }

  JsonNode deleteAlias(JsonNode request) {
    var alias = versions.findAlias(Requests.arn(request, "stateMachineAliasArn", "stateMachine"));
    if (alias != null) {
      versions.delete(alias);
    }
    return Json.object();
  }

  JsonNode listAliases(JsonNode request) {
    return Requests.page(
        request,
        "stateMachineAliases",
        versions.listAliases(machine(request)),
        VersionActions::created);
  }
}
