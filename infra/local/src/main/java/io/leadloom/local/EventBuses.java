package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.EventRule;
import io.leadloom.local.template.Names;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.event.ruler.Ruler;

/** EventBridge: events are matched against the rules of their bus and go to the rules' targets. */
final class EventBuses implements JsonApi {

  private static final int ENTRIES_LIMIT = 10;
  private static final int ENTRY_BYTES_LIMIT = 256 * 1024;

  private final Set<String> buses;
  private final List<EventRule> rules;
  private final Deliveries deliveries;
  private final Clock clock;

  /**
   * @param buses the names of all buses but the default one
   * @param rules of the template; disabled ones and schedules match nothing
   */
  EventBuses(List<String> buses, List<EventRule> rules, Deliveries deliveries, Clock clock) {
    var all = new TreeSet<>(buses);
    all.add("default");
    this.buses = all;
    this.rules = rules;
    this.deliveries = deliveries;
    this.clock = clock;
    rules.forEach(EventBuses::check);
  }

  @Override
  public JsonNode call(String action, JsonNode request) {
    return switch (action) {
      case "PutEvents" -> putEvents(request);
      case "ListRules" -> listRules(request);
      case "DescribeRule" -> describeRule(request);
      case "ListEventBuses" -> listEventBuses();
      default -> throw JsonApi.unknown("EventBridge", action);
    };
  }

  /** Sends an event that AWS itself would write to the default bus. */
  void publish(String source, String detailType, List<String> resources, JsonNode detail) {
    route("default", event(source, detailType, resources, detail, clock.instant()));
  }

  /** Whether an event that AWS itself would write goes to any target. */
  boolean anyRuleMatches(String source, String detailType, JsonNode detail) {
    var event = event(source, detailType, List.of(), detail, clock.instant()).toString();
    return rules.stream().anyMatch(rule -> wants(rule, "default", event));
  }

  private JsonNode putEvents(JsonNode request) {
    var entries = request.path("Entries");
    if (entries.isEmpty() || entries.size() > ENTRIES_LIMIT) {
      throw new AwsException(
          "ValidationException",
          "PutEvents takes 1 to " + ENTRIES_LIMIT + " entries, not " + entries.size());
    }
    var answer = Json.object();
    var results = answer.putArray("Entries");
    var failed = 0;
    for (var entry : entries) {
      try {
        results.addObject().put("EventId", putEvent(entry));
      } catch (AwsException e) {
        failed++;
        results.remove(results.size() - 1);
        results.addObject().put("ErrorCode", e.type()).put("ErrorMessage", e.text());
      }
    }
    return answer.put("FailedEntryCount", failed);
  }

  private String putEvent(JsonNode entry) {
    for (var required : List.of("Source", "DetailType", "Detail")) {
      if (entry.path(required).asText().isEmpty()) {
        throw new AwsException(
            "InvalidArgument", "Parameter " + required + " is not valid. Reason: it is missing.");
      }
    }
    var bus = Names.lastPart(entry.path("EventBusName").asText("default"));
    if (!buses.contains(bus)) {
      throw new AwsException("InvalidArgument", "Event bus " + bus + " does not exist.");
    }
    var resources = new ArrayList<String>();
    entry.path("Resources").forEach(resource -> resources.add(resource.asText()));
    var time =
        entry.has("Time")
            ? Instant.ofEpochMilli((long) (entry.get("Time").asDouble() * 1000))
            : clock.instant();
    var event =
        event(
            entry.get("Source").asText(),
            entry.get("DetailType").asText(),
            resources,
            detail(entry.get("Detail").asText()),
            time);
    if (Json.bytes(event).length > ENTRY_BYTES_LIMIT) {
      throw new AwsException(
          "InvalidArgument", "Total size of the entries in the request is over the limit.");
    }
    route(bus, event);
    return event.get("id").asText();
  }

  private static JsonNode detail(String text) {
    try {
      var detail = Json.parse(text);
      if (detail.isObject()) {
        return detail;
      }
    } catch (IllegalArgumentException e) {
      throw new AwsException("MalformedDetail", "Detail is malformed.");
    }
    throw new AwsException("MalformedDetail", "Detail is malformed.");
  }

  private static ObjectNode event(
      String source, String detailType, List<String> resources, JsonNode detail, Instant time) {
    var event =
        Json.object()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", detailType)
            .put("source", source)
            .put("account", Names.LOCAL.accountId())
            .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", Names.LOCAL.region());
    resources.forEach(event.putArray("resources")::add);
    event.set("detail", detail);
    return event;
  }

  private void route(String bus, ObjectNode event) {
    var text = event.toString();
    for (var rule : rules) {
      if (wants(rule, bus, text)) {
        for (var target : rule.targets()) {
          deliveries.deliverEvent(TargetInput.delivery(target, rule, event));
        }
      }
    }
  }

  private static boolean wants(EventRule rule, String bus, String event) {
    return rule.enabled()
        && rule.bus().equals(bus)
        && rule.pattern().filter(pattern -> matches(event, pattern)).isPresent();
  }

  private static void check(EventRule rule) {
    rule.pattern().ifPresent(pattern -> matches("{}", pattern));
  }

  private static boolean matches(String event, String pattern) {
    try {
      return Ruler.matchesRule(event, pattern);
    } catch (Exception e) {
      throw new StackException(
          "The event pattern " + pattern + " is refused: " + e.getMessage(), e);
    }
  }

  private JsonNode listRules(JsonNode request) {
    var bus = request.path("EventBusName").asText("default");
    var prefix = request.path("NamePrefix").asText("");
    var answer = Json.object();
    var list = answer.putArray("Rules");
    rules.stream()
        .filter(rule -> rule.bus().equals(Names.lastPart(bus)) && rule.name().startsWith(prefix))
        .forEach(rule -> list.add(describe(rule)));
    return answer;
  }

  private JsonNode describeRule(JsonNode request) {
    var name = request.path("Name").asText();
    Optional<EventRule> found = rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    return found
        .map(EventBuses::describe)
        .orElseThrow(() ->
            new AwsException(
                "ResourceNotFoundException", "Rule " + name + " does not exist on this bus."));
  }

  private static ObjectNode describe(EventRule rule) {
    var answer =
        Json.object()
            .put("Name", rule.name())
            .put("Arn", rule.arn())
            .put("EventBusName", rule.bus())
            .put("State", rule.enabled() ? "ENABLED" : "DISABLED");
    rule.pattern().ifPresent(pattern -> answer.put("EventPattern", pattern));
    rule.schedule().ifPresent(s -> answer.put("ScheduleExpression", s.expression()));
    return answer;
  }

  private JsonNode listEventBuses() {
    var answer = Json.object();
    var list = answer.putArray("EventBuses");
    for (var bus : buses) {
      list.addObject().put("Name", bus).put("Arn", Names.LOCAL.arn("events", "event-bus/" + bus));
    }
    return answer;
  }
}
