package io.leadloom.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the {@code Events} of a function or state machine: what sets it off. */
final class EventsReader {

  private static final Set<String> STATE_MACHINE_EVENTS =
      Set.of("CloudWatchEvent", "EventBridgeRule", "Schedule", "ScheduleV2");

  private final Resource owner;
  private final String targetArn;
  private final Names names;
  private final Properties properties;

  EventsReader(Resource owner, String targetArn, Names names, Properties properties) {
    this.owner = owner;
    this.targetArn = targetArn;
    this.names = names;
    this.properties = properties;
  }

  void read(HttpApiReader routes, List<EventRule> rules, List<EventSource> sources) {
    properties
        .children("Events")
        .forEach((id, event) -> {
          event.only("Type", "Properties");
          var type = event.requiredText("Type");
          var details =
              event
                  .child("Properties")
                  .orElseGet(() -> new Properties(event.at(), event.owner(), Map.of()));
          if (!STATE_MACHINE_EVENTS.contains(type)
              && !owner.type().equals(ResourceType.FUNCTION.type())) {
            throw unknown(event, type);
          }
          switch (type) {
            case "Schedule" -> rules.add(schedule(id, details));
            case "ScheduleV2" -> rules.add(schedulerSchedule(id, details));
            case "EventBridgeRule", "CloudWatchEvent" -> rules.add(rule(id, details));
            case "HttpApi" -> routes.route(targetArn, details);
            case "SQS" -> queue(details).ifPresent(sources::add);
            case "DynamoDB" -> stream(details).ifPresent(sources::add);
            default -> throw unknown(event, type);
          }
        });
  }

  private TemplateException unknown(Properties event, String type) {
    return new TemplateException(
        event.placeOf("Type"),
        "The local stack does not know events of type " + type + " for " + owner.label());
  }

  private EventRule schedule(String id, Properties event) {
    event.only(
        "DeadLetterConfig",
        "Description",
        "Enabled",
        "Input",
        "Name",
        "RetryPolicy",
        "RoleArn",
        "Schedule",
        "State");
    var schedule = new EventRule.Schedule(event.requiredText("Schedule"), "UTC", false);
    return rule(id, event, "default", Optional.empty(), Optional.of(schedule));
  }

  private EventRule schedulerSchedule(String id, Properties event) {
    event.only(
        "DeadLetterConfig",
        "Description",
        "FlexibleTimeWindow",
        "GroupName",
        "Input",
        "Name",
        "OmitName",
        "PermissionsBoundary",
        "RetryPolicy",
        "RoleArn",
        "ScheduleExpression",
        "ScheduleExpressionTimezone",
        "State");
    var schedule =
        new EventRule.Schedule(
            event.requiredText("ScheduleExpression"),
            event.text("ScheduleExpressionTimezone").orElse("UTC"),
            true);
    return rule(id, event, "default", Optional.empty(), Optional.of(schedule));
  }

  private EventRule rule(String id, Properties event) {
    event.only(
        "DeadLetterConfig",
        "EventBusName",
        "Input",
        "InputPath",
        "InputTransformer",
        "Pattern",
        "RetryPolicy",
        "RuleName",
        "State",
        "Target");
    var bus = event.text("EventBusName").map(Names::lastPart).orElse("default");
    var pattern =
        event
            .json("Pattern")
            .orElseThrow(
                () -> new TemplateException(event.at(), event.owner() + " lacks a Pattern"));
    return rule(id, event, bus, Optional.of(pattern.toString()), Optional.empty());
  }

  private EventRule rule(
      String id,
      Properties event,
      String bus,
      Optional<String> pattern,
      Optional<EventRule.Schedule> schedule) {
    var name = event.text("Name").or(() -> event.text("RuleName")).orElse(owner.id() + id);
    return new EventRule(
        name,
        names.arn("events", "rule/" + (bus.equals("default") ? "" : bus + "/") + name),
        bus,
        RuleReader.enabled(event),
        pattern,
        schedule,
        List.of(RuleReader.target(targetArn, event, Optional.empty())));
  }

  private Optional<EventSource> queue(Properties event) {
    event.only(
        "BatchSize",
        "Enabled",
        "FilterCriteria",
        "FunctionResponseTypes",
        "MaximumBatchingWindowInSeconds",
        "Queue",
        "ScalingConfig");
    if (!event.flag("Enabled", true)) {
      return Optional.empty();
    }
    return Optional.of(
        new EventSource.Queue(
            targetArn,
            event.requiredText("Queue"),
            event.integer("BatchSize").orElse(10),
            Duration.ofSeconds(event.integer("MaximumBatchingWindowInSeconds").orElse(0)),
            event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
            event
                .child("ScalingConfig")
                .flatMap(c -> c.only("MaximumConcurrency").integer("MaximumConcurrency"))
                .orElse(5),
            RuleReader.filters(event)));
  }

  private Optional<EventSource> stream(Properties event) {
    event.only(
        "BatchSize",
        "BisectBatchOnFunctionError",
        "DestinationConfig",
        "Enabled",
        "FilterCriteria",
        "FunctionResponseTypes",
        "MaximumBatchingWindowInSeconds",
        "MaximumRecordAgeInSeconds",
        "MaximumRetryAttempts",
        "StartingPosition",
        "Stream");
    if (!event.flag("Enabled", true)) {
      return Optional.empty();
    }
    var start = event.requiredText("StartingPosition");
    if (!start.equals("LATEST") && !start.equals("TRIM_HORIZON")) {
      throw new TemplateException(
          event.placeOf("StartingPosition"),
          "StartingPosition of a table's stream is LATEST or TRIM_HORIZON, not " + start);
    }
    var onFailure =
        event
            .child("DestinationConfig")
            .flatMap(d -> d.only("OnFailure").child("OnFailure"))
            .map(d -> d.only("Destination", "Type").requiredText("Destination"));
    return Optional.of(
        new EventSource.Stream(
            targetArn,
            tableOf(event),
            event.integer("BatchSize").orElse(100),
            Duration.ofSeconds(event.integer("MaximumBatchingWindowInSeconds").orElse(0)),
            start.equals("LATEST"),
            event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
            event.flag("BisectBatchOnFunctionError", false),
            limit(event, "MaximumRetryAttempts"),
            limit(event, "MaximumRecordAgeInSeconds").stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst(),
            onFailure,
            RuleReader.filters(event)));
  }

  /** The table in {@code arn:...:table/NAME/stream/...}. */
  private static String tableOf(Properties event) {
    var arn = event.requiredText("Stream");
    var start = arn.indexOf(":table/");
    var end = arn.indexOf("/stream/");
    if (start < 0 || end < start) {
      throw new TemplateException(
          event.placeOf("Stream"),
          "Stream must be the StreamArn of a table, as !GetAtt Table.StreamArn, but is " + arn);
    }
    return arn.substring(start + ":table/".length(), end);
  }

  /** A number of which -1 says that there is no limit. */
  private static OptionalInt limit(Properties event, String name) {
    var value = event.integer(name).orElse(-1);
    return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
