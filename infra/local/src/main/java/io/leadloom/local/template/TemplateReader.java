package io.leadloom.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the resources of a template and its nested templates. */
final class TemplateReader {

  /** A stack parameter of our own: it tells the edge where SES is played, not the template. */
  private static final String EDGE_PARAMETER = "SesUrl";

  private final Deployment deployment;
  private final List<FunctionResource> functions = new ArrayList<>();
  private final List<HttpApiResource> apis = new ArrayList<>();
  private final List<WebSocketApiResource> webSocketApis = new ArrayList<>();
  private final List<StateMachineResource> stateMachines = new ArrayList<>();
  private final List<TableResource> tables = new ArrayList<>();
  private final List<QueueResource> queues = new ArrayList<>();
  private final List<String> eventBuses = new ArrayList<>();
  private final List<ArchiveResource> archives = new ArrayList<>();
  private final List<EventRule> rules = new ArrayList<>();
  private final List<EventSource> eventSources = new ArrayList<>();
  private final List<Template.Secret> secrets = new ArrayList<>();
  private final List<Template.Parameter> parameters = new ArrayList<>();
  private final Map<String, Place> names = new HashMap<>();
  private final List<Policies> policies = new ArrayList<>();

  TemplateReader(Deployment deployment) {
    this.deployment = deployment;
  }

  Template read(Path file) {
    var arguments = new HashMap<>(deployment.parameters());
    arguments.remove(EDGE_PARAMETER);
    var root = new TemplateScope(file, deployment, arguments);
    read(root);
    if (apis.size() > 1) {
      throw new TemplateException(
          new Place(file.getFileName().toString(), 1),
          "The local stack has one port for one HTTP API, but the template has "
              + apis.stream().map(HttpApiResource::id).toList());
    }
    policies.forEach(each -> each.check(names.keySet()));
    return new Template(
        functions,
        apis.stream().findFirst(),
        webSocketApis.stream().findFirst(),
        stateMachines,
        tables,
        queues,
        eventBuses,
        archives,
        rules,
        eventSources,
        secrets,
        parameters,
        root.outputs());
  }

  private void read(TemplateScope scope) {
    var routes = new HttpApiReader(scope);
    var webSockets = new WebSocketApiReader();
    for (var resource : scope.resources().values()) {
      var known = ResourceType.of(resource.type());
      if (known.isEmpty()) {
        scope.evaluate(resource.properties());
        continue;
      }
      var type = known.get();
      var name = scope.physicalName(resource, resource.at());
      var earlier = names.put(type + " " + name, resource.at());
      if (earlier != null) {
        throw new TemplateException(
            resource.at(), resource.label() + " has the name " + name + ", as one at " + earlier);
      }
      read(scope, resource, type, name, routes, webSockets);
    }
    routes.api().ifPresent(apis::add);
    webSockets.result().ifPresent(webSocketApis::add);
  }

  private void read(
      TemplateScope scope,
      Resource resource,
      ResourceType type,
      String name,
      HttpApiReader routes,
      WebSocketApiReader webSockets) {
    var properties = scope.properties(resource);
    switch (type) {
      case FUNCTION -> {
        var merged = Globals.apply(scope, "Function", resource.label(), properties);
        functions.add(FunctionReader.read(resource, name, scope, merged));
        new EventsReader(resource, scope.arn(resource, resource.at()), deployment.names(), merged)
            .read(routes, rules, eventSources);
        policies.add(new Policies(merged));
      }
      case STATE_MACHINE -> {
        stateMachines.add(StateMachineReader.read(resource, name, scope, properties));
        new EventsReader(
                resource, scope.arn(resource, resource.at()), deployment.names(), properties)
            .read(routes, rules, eventSources);
        policies.add(new Policies(properties));
      }
      case HTTP_API ->
          routes.declare(resource, Globals.apply(scope, "HttpApi", resource.label(), properties));
      case WEBSOCKET_API -> webSockets.api(resource, properties);
      case WEBSOCKET_ROUTE -> webSockets.route(properties);
      case WEBSOCKET_AUTHORIZER -> webSockets.authorizer(resource, properties);
      case WEBSOCKET_INTEGRATION -> webSockets.integration(resource, properties);
      case WEBSOCKET_STAGE -> webSockets.stage(properties);
      case APPLICATION, NESTED_STACK -> read(scope.nested(resource));
      case TABLE -> tables.add(table(name, properties));
      case QUEUE -> queues.add(queue(name, scope.arn(resource, resource.at()), properties));
      case EVENT_BUS -> eventBuses.add(name);
      case ARCHIVE -> archives.add(archive(name, properties));
      case RULE -> rules.add(RuleReader.rule(resource, scope, name, properties));
      case SECRET ->
          secrets.add(
              new Template.Secret(
                  name, scope.arn(resource, resource.at()), secretValue(properties)));
      case PARAMETER ->
          parameters.add(
              new Template.Parameter(
                  name,
                  scope.arn(resource, resource.at()),
                  properties.requiredText("Type"),
                  properties.requiredText("Value")));
    }
  }

  private static TableResource table(String name, Properties properties) {
    var request =
        properties.pick(
            "AttributeDefinitions",
            "BillingMode",
            "GlobalSecondaryIndexes",
            "KeySchema",
            "LocalSecondaryIndexes",
            "ProvisionedThroughput",
            "StreamSpecification");
    request.put("TableName", name);
    if (request.get("StreamSpecification") instanceof ObjectNode stream) {
      stream.put("StreamEnabled", true);
    }
    var ttl =
        properties
            .child("TimeToLiveSpecification")
            .map(p -> p.only("AttributeName", "Enabled"))
            .filter(p -> p.flag("Enabled", true))
            .map(p -> p.requiredText("AttributeName"));
    return new TableResource(name, request, ttl);
  }

  private static QueueResource queue(String name, String arn, Properties properties) {
    var attributes = new HashMap<String, String>();
    for (var attribute :
        List.of(
            "ContentBasedDeduplication",
            "DelaySeconds",
            "FifoQueue",
            "MessageRetentionPeriod",
            "ReceiveMessageWaitTimeSeconds",
            "VisibilityTimeout")) {
      properties.text(attribute).ifPresent(value -> attributes.put(attribute, value));
    }
    properties
        .child("RedrivePolicy")
        .ifPresent(policy -> {
          policy.only("deadLetterTargetArn", "maxReceiveCount");
          policy.requiredText("deadLetterTargetArn");
          policy.requiredText("maxReceiveCount");
          attributes.put(
              "RedrivePolicy", policy.pick("deadLetterTargetArn", "maxReceiveCount").toString());
        });
    return new QueueResource(name, arn, attributes);
  }

  private static ArchiveResource archive(String name, Properties properties) {
    return new ArchiveResource(
        name,
        Names.lastPart(properties.requiredText("SourceArn")),
        properties.text("Description"),
        properties.json("EventPattern").map(Object::toString),
        properties.integer("RetentionDays").orElse(0));
  }

  private static String randomText(int length) {
    var random = new SecureRandom();
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append(Character.forDigit(random.nextInt(36), 36));
    }
    return text.toString();
  }

  private static String secretValue(Properties properties) {
    var generated = properties.child("GenerateSecretString");
    if (generated.isEmpty()) {
      return properties.text("SecretString").orElse("");
    }
    var random = randomText(generated.get().integer("PasswordLength").orElse(32));
    var key = generated.get().text("GenerateStringKey");
    if (key.isEmpty()) {
      return random;
    }
    try {
      var document =
          (ObjectNode)
              new ObjectMapper()
                  .readTree(generated.get().text("SecretStringTemplate").orElse("{}"));
      return document.put(key.get(), random).toString();
    } catch (JsonProcessingException | ClassCastException e) {
      throw new TemplateException(
          generated.get().placeOf("SecretStringTemplate"),
          "SecretStringTemplate must be a JSON object");
    }
  }
}
