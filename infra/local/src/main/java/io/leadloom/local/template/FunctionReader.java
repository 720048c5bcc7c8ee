package io.leadloom.local.template;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads functions. */
final class FunctionReader {

  private FunctionReader() {}

  static FunctionResource read(
      Resource resource, String name, TemplateScope scope, Properties properties) {
    var runtime = properties.text("Runtime").orElse("java25");
    if (!runtime.startsWith("java")) {
      throw new TemplateException(
          properties.placeOf("Runtime"),
          "The local stack runs Java functions on its own class path, not " + runtime);
    }
    var environment =
        properties.child("Environment").map(e -> e.only("Variables").textMap("Variables"));
    return new FunctionResource(
        resource.id(),
        name,
        scope.arn(resource, resource.at()),
        properties.requiredText("Handler"),
        Duration.ofSeconds(properties.integer("Timeout").orElse(3)),
        properties.integer("MemorySize").orElse(128),
        properties.integer("ReservedConcurrentExecutions"),
        properties.text("AutoPublishAlias"),
        environment.orElse(Map.of()),
        async(properties));
  }

  private static FunctionResource.AsyncInvocation async(Properties properties) {
    var config =
        properties
            .child("EventInvokeConfig")
            .map(c ->
                c.only("DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts"));
    var destinations =
        config
            .flatMap(c -> c.child("DestinationConfig"))
            .map(d -> d.only("OnFailure", "OnSuccess"));
    return new FunctionResource.AsyncInvocation(
        config.flatMap(c -> c.integer("MaximumRetryAttempts")).orElse(2),
        properties
            .child("DeadLetterQueue")
            .map(d -> d.only("TargetArn", "Type").requiredText("TargetArn")),
        destinations.flatMap(d -> destination(d, "OnSuccess")),
        destinations.flatMap(d -> destination(d, "OnFailure")));
  }

  private static Optional<String> destination(Properties destinations, String name) {
    return destinations
        .child(name)
        .map(d -> d.only("Destination", "Type").requiredText("Destination"));
  }
}
