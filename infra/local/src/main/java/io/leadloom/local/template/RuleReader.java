package io.leadloom.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads EventBridge rules, and the parts that the events of functions share with them. */
final class RuleReader {

  private static final int MOST_RETRIES = 185;
  private static final Duration LONGEST_AGE = Duration.ofDays(1);

  private RuleReader() {}

  static EventRule rule(
      Resource resource, TemplateScope scope, String name, Properties properties) {
    var targets = new ArrayList<EventRule.Target>();
    for (var item : properties.items("Targets")) {
      targets.add(target(Properties.of("A target of " + resource.id(), item)));
    }
    return new EventRule(
        name,
        scope.arn(resource, resource.at()),
        properties.text("EventBusName").map(Names::lastPart).orElse("default"),
        enabled(properties),
        properties.json("EventPattern").map(Object::toString),
        properties
            .text("ScheduleExpression")
            .map(expression -> new EventRule.Schedule(expression, "UTC", false)),
        targets);
  }

  private static EventRule.Target target(Properties target) {
    target.only(
        "Arn",
        "DeadLetterConfig",
        "Id",
        "Input",
        "InputPath",
        "InputTransformer",
        "RetryPolicy",
        "RoleArn",
        "SqsParameters");
    return target(
        target.requiredText("Arn"),
        target,
        target
            .child("SqsParameters")
            .map(p -> p.only("MessageGroupId").requiredText("MessageGroupId")));
  }

  /** A target from the properties that all forms of rules and schedules share. */
  static EventRule.Target target(
      String arn, Properties properties, Optional<String> messageGroupId) {
    return new EventRule.Target(
        arn,
        properties.text("Input"),
        properties.text("InputPath"),
        properties.child("InputTransformer").map(RuleReader::transformer),
        retries(properties),
        properties
            .child("DeadLetterConfig")
            .map(d -> d.only("Arn", "QueueLogicalId", "Type").requiredText("Arn")),
        messageGroupId);
  }

  private static EventRule.Retries retries(Properties target) {
    var policy = target.child("RetryPolicy");
    policy.ifPresent(p -> p.only("MaximumEventAgeInSeconds", "MaximumRetryAttempts"));
    return new EventRule.Retries(
        limit(policy, "MaximumRetryAttempts", 0, MOST_RETRIES),
        Duration.ofSeconds(limit(policy, "MaximumEventAgeInSeconds", 60, LONGEST_AGE.toSeconds())));
  }

  /** A limit, of which the largest is the usual one. */
  private static int limit(Optional<Properties> policy, String name, int least, long most) {
    var value = policy.flatMap(p -> p.integer(name)).orElse((int) most);
    if (value < least || value > most) {
      throw new TemplateException(
          policy.orElseThrow().placeOf(name),
          name + " is " + least + " to " + most + ", but is " + value);
    }
    return value;
  }

  static boolean enabled(Properties properties) {
    return properties.flag("Enabled", true)
        && !properties.text("State").orElse("ENABLED").equals("DISABLED");
  }

  static List<String> filters(Properties event) {
    var filters = new ArrayList<String>();
    event
        .child("FilterCriteria")
        .ifPresent(criteria -> {
          for (var item : criteria.only("Filters").items("Filters")) {
            filters.add(
                Properties.of("A filter of " + event.owner(), item).requiredText("Pattern"));
          }
        });
    return filters;
  }

  private static EventRule.Transformer transformer(Properties properties) {
    properties.only("InputPathsMap", "InputTemplate");
    return new EventRule.Transformer(
        properties.textMap("InputPathsMap"), properties.requiredText("InputTemplate"));
  }
}
