package io.leadloom.local.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One template file with the values of its parameters: what a name in it refers to. Everything is
 * evaluated when it is asked for, so the order in the file does not matter.
 */
final class TemplateScope {

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Conditions",
          "Description",
          "Globals",
          "Mappings",
          "Metadata",
          "Outputs",
          "Parameters",
          "Resources",
          "Rules",
          "Transform");
  private static final Set<String> RESOURCE_ATTRIBUTES =
      Set.of(
          "Condition",
          "CreationPolicy",
          "DeletionPolicy",
          "DependsOn",
          "Metadata",
          "Properties",
          "Type",
          "UpdatePolicy",
          "UpdateReplacePolicy");

  private final Path file;
  private final Deployment deployment;
  private final TemplateNode.Mapping root;
  private final Map<String, String> arguments;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Map<String, TemplateScope> nested = new HashMap<>();
  private final Set<String> underEvaluation = new HashSet<>();
  private final Intrinsics intrinsics = new Intrinsics(this);

  TemplateScope(Path file, Deployment deployment, Map<String, String> arguments) {
    this.file = file;
    this.deployment = deployment;
    this.arguments = arguments;
    this.root = TemplateParser.parse(file);
    root.entries()
        .forEach((name, value) -> {
          if (!SECTIONS.contains(name)) {
            throw new TemplateException(value.at(), "A template has no section " + name);
          }
        });
    section("Resources").forEach(this::readResource);
    for (var argument : arguments.keySet()) {
      if (!section("Parameters").containsKey(argument)) {
        throw new TemplateException(
            root.at(),
            "The parameter " + argument + " is given, but not declared under Parameters");
      }
    }
  }

  private void readResource(String id, TemplateNode node) {
    var parts = Properties.of("The resource " + id, node);
    for (var entry : parts.values().entrySet()) {
      if (!RESOURCE_ATTRIBUTES.contains(entry.getKey())) {
        throw Properties.unsupported(entry.getValue().at(), entry.getKey(), parts.owner());
      }
    }
    var condition = parts.text("Condition");
    if (condition.isPresent() && !condition(condition.get(), parts.placeOf("Condition"))) {
      return;
    }
    var type = parts.requiredText("Type");
    if (ResourceType.of(type).isEmpty() && !ResourceType.INERT.contains(type)) {
      throw new TemplateException(
          parts.placeOf("Type"),
          "The local stack does not run resources of type "
              + type
              + " ("
              + id
              + "). Give the resource a Condition that is false here, or add the type to the stack");
    }
    var properties =
        parts.values().get("Properties") instanceof TemplateNode.Mapping mapping
            ? mapping
            : new TemplateNode.Mapping(node.at(), Map.of());
    resources.put(id, new Resource(node.at(), id, type, properties));
  }

  Path file() {
    return file;
  }

  Deployment deployment() {
    return deployment;
  }

  Map<String, Resource> resources() {
    return resources;
  }

  Map<String, TemplateNode> section(String name) {
    var section = root.entries().get(name);
    return section == null ? Map.of() : Properties.of("The section " + name, section).values();
  }

  TemplateNode evaluate(TemplateNode node) {
    return intrinsics.evaluate(node);
  }

  /** The evaluated properties of a resource; those that its type does not know are refused. */
  Properties properties(Resource resource) {
    ResourceType.of(resource.type())
        .ifPresent(type ->
            resource
                .properties()
                .entries()
                .forEach((name, value) -> {
                  if (!type.knows(name)) {
                    throw Properties.unsupported(value.at(), name, resource.label());
                  }
                }));
    return Properties.of(resource.label(), evaluate(resource.properties()));
  }

  boolean condition(String name, Place at) {
    var known = conditions.get(name);
    if (known == null) {
      var definition = section("Conditions").get(name);
      if (definition == null) {
        throw new TemplateException(at, "There is no condition " + name + " under Conditions");
      }
      known = once("the condition " + name, at, () -> intrinsics.truth(definition));
      conditions.put(name, known);
    }
    return known;
  }

  TemplateNode ref(String id, Place at) {
    var pseudo = pseudoParameter(id);
    if (pseudo != null) {
      return TemplateNode.Scalar.text(at, pseudo);
    }
    var parameter = section("Parameters").get(id);
    if (parameter != null) {
      return parameter(id, parameter, at);
    }
    // SAM makes these beside a function with AutoPublishAlias.
    if (id.endsWith(".Alias") || id.endsWith(".Version")) {
      var function = resource(id.substring(0, id.lastIndexOf('.')), at);
      var qualifier = id.endsWith(".Version") ? "1" : alias(function, at);
      return TemplateNode.Scalar.text(at, arn(function, at) + ":" + qualifier);
    }
    var resource = resource(id, at);
    var type = ResourceType.of(resource.type()).orElse(null);
    var name = physicalName(resource, at);
    return TemplateNode.Scalar.text(
        at,
        switch (type) {
          case null ->
              resource.type().equals("AWS::SNS::Topic") || resource.type().endsWith("Policy")
                  ? inertArn(resource, name)
                  : name;
          case STATE_MACHINE, SECRET, APPLICATION, NESTED_STACK -> arn(resource, at);
          case QUEUE -> deployment.awsUrl() + "/" + deployment.names().accountId() + "/" + name;
          default -> name;
        });
  }

  TemplateNode attribute(String id, String attribute, Place at) {
    var resource = resource(id, at);
    var type = ResourceType.of(resource.type()).orElse(null);
    if (type == null) {
      return TemplateNode.Scalar.text(
          at,
          attribute.endsWith("Arn")
              ? inertArn(resource, physicalName(resource, at))
              : id + "-" + attribute);
    }
    var known =
        switch (type) {
          case APPLICATION, NESTED_STACK ->
              attribute.startsWith("Outputs.")
                  ? nested(resource).output(attribute.substring("Outputs.".length()), at)
                  : null;
          case HTTP_API -> attribute.equals("ApiEndpoint") ? deployment.apiUrl().toString() : null;
          case TABLE ->
              switch (attribute) {
                case "Arn" -> arn(resource, at);
                case "StreamArn" -> arn(resource, at) + "/stream/latest";
                default -> null;
              };
          case QUEUE ->
              switch (attribute) {
                case "Arn" -> arn(resource, at);
                case "QueueName" -> physicalName(resource, at);
                case "QueueUrl" -> ref(id, at).toJson().asText();
                default -> null;
              };
          case STATE_MACHINE, EVENT_BUS ->
              switch (attribute) {
                case "Arn" -> arn(resource, at);
                case "Name" -> physicalName(resource, at);
                default -> null;
              };
          case PARAMETER ->
              attribute.equals("Value") || attribute.equals("Type")
                  ? evaluatedText(resource, attribute, at).orElse(null)
                  : null;
          case SECRET -> attribute.equals("Id") ? arn(resource, at) : null;
          case WEBSOCKET_API -> attribute.equals("ApiId") ? id : null;
          case WEBSOCKET_AUTHORIZER -> attribute.equals("AuthorizerId") ? id : null;
          case WEBSOCKET_ROUTE, WEBSOCKET_INTEGRATION, WEBSOCKET_STAGE -> null;
          case FUNCTION, RULE, ARCHIVE -> attribute.equals("Arn") ? arn(resource, at) : null;
        };
    if (known == null) {
      throw new TemplateException(
          at,
          "The local stack does not know the attribute " + attribute + " of " + resource.label());
    }
    return TemplateNode.Scalar.text(at, known);
  }

  /** The name by which the AWS API knows a resource: its own, or the logical id. */
  String physicalName(Resource resource, Place at) {
    var type = ResourceType.of(resource.type());
    var property =
        type.map(known -> known.nameProperty().orElse("")).orElseGet(() -> inertName(resource));
    return evaluatedText(resource, property, at)
        .orElseGet(() -> {
          var fifo = evaluatedText(resource, "FifoQueue", at).filter("true"::equals);
          return resource.id() + (fifo.isPresent() ? ".fifo" : "");
        });
  }

  String arn(Resource resource, Place at) {
    var name = physicalName(resource, at);
    var names = deployment.names();
    var type = ResourceType.of(resource.type()).orElseThrow();
    if (type == ResourceType.RULE) {
      var bus = evaluatedText(resource, "EventBusName", at).map(Names::lastPart);
      if (bus.isPresent() && !bus.get().equals("default")) {
        return type.arn(names, bus.get() + "/" + name);
      }
    }
    return type.arn(names, name);
  }

  private String alias(Resource function, Place at) {
    var properties =
        Globals.mergeUnevaluated(
            this,
            "Function",
            function.label(),
            Properties.of(function.id(), function.properties()));
    return properties
        .text("AutoPublishAlias")
        .orElseThrow(() ->
            new TemplateException(
                at, function.id() + ".Alias needs an AutoPublishAlias of " + function.id()));
  }

  private static String inertName(Resource resource) {
    return resource.type().substring(resource.type().lastIndexOf(':') + 1) + "Name";
  }

  private String inertArn(Resource resource, String name) {
    var parts = resource.type().toLowerCase(Locale.ROOT).split("::");
    return parts[1].equals("iam")
        ? deployment.names().globalArn("iam", parts[2] + "/" + name)
        : deployment.names().arn(parts[1], parts[2] + "/" + name);
  }

  private @Nullable String pseudoParameter(String id) {
    var names = deployment.names();
    return switch (id) {
      case "AWS::Region" -> names.region();
      case "AWS::AccountId" -> names.accountId();
      case "AWS::Partition" -> "aws";
      case "AWS::URLSuffix" -> "amazonaws.com";
      case "AWS::StackName" -> "leadloom";
      case "AWS::StackId" -> names.arn("cloudformation", "stack/leadloom/1");
      default -> null;
    };
  }

  /** The template behind a nested stack. */
  TemplateScope nested(Resource resource) {
    var known = nested.get(resource.id());
    if (known == null) {
      var properties = properties(resource);
      var property = properties.has("Location") ? "Location" : "TemplateURL";
      var location = properties.requiredText(property);
      var path = file.resolveSibling(location);
      if (location.contains("://") || !Files.isRegularFile(path)) {
        throw new TemplateException(
            properties.placeOf(property),
            "There is no file " + path + ": a nested stack needs the path of a local template");
      }
      known = new TemplateScope(path, deployment, properties.textMap("Parameters"));
      nested.put(resource.id(), known);
    }
    return known;
  }

  Map<String, String> outputs() {
    var outputs = new LinkedHashMap<String, String>();
    for (var entry : section("Outputs").entrySet()) {
      var output = Properties.of("The output " + entry.getKey(), entry.getValue());
      var condition = output.text("Condition");
      if (condition.isEmpty() || condition(condition.get(), output.at())) {
        outputs.put(entry.getKey(), output(entry.getKey(), output.at()));
      }
    }
    return outputs;
  }

  private String output(String name, Place at) {
    var output = section("Outputs").get(name);
    if (output == null) {
      throw new TemplateException(
          at, file.getFileName() + " has no output " + name + " under Outputs");
    }
    var value = Properties.of("The output " + name, output).values().get("Value");
    if (value == null) {
      throw new TemplateException(output.at(), "The output " + name + " lacks a Value");
    }
    return evaluate(value).toJson().asText();
  }

  private Resource resource(String id, Place at) {
    var resource = resources.get(id);
    if (resource == null) {
      throw new TemplateException(
          at,
          section("Resources").containsKey(id)
              ? "The resource " + id + " is left out by its Condition, so nothing can refer to it"
              : "There is no parameter or resource " + id + " in this template");
    }
    return resource;
  }

  private TemplateNode parameter(String id, TemplateNode declared, Place at) {
    var given = arguments.get(id);
    var declaration = Properties.of("The parameter " + id, declared);
    var value =
        given != null
            ? given
            : declaration
                .text("Default")
                .orElseThrow(() ->
                    new TemplateException(
                        declaration.at(),
                        "The parameter " + id + " has no Default and none was given to the stack"));
    if (declaration.text("Type").orElse("String").startsWith("List<")
        || declaration.text("Type").orElse("").equals("CommaDelimitedList")) {
      return new TemplateNode.Sequence(
          at,
          List.of(value.split(",", -1)).stream()
              .<TemplateNode>map(item -> TemplateNode.Scalar.text(at, item.strip()))
              .toList());
    }
    return TemplateNode.Scalar.text(at, value);
  }

  private Optional<String> evaluatedText(Resource resource, String property, Place at) {
    var value = resource.properties().entries().get(property);
    if (value == null) {
      return Optional.empty();
    }
    return once(
        property + " of " + resource.id(),
        at,
        () -> Optional.of(evaluate(value).toJson()).filter(v -> !v.isNull()).map(v -> v.asText()));
  }

  private <T> T once(String what, Place at, Supplier<T> evaluation) {
    if (!underEvaluation.add(what)) {
      throw new TemplateException(at, what + " depends on itself");
    }
    try {
      return evaluation.get();
    } finally {
      underEvaluation.remove(what);
    }
  }
}
