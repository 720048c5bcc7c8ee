package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.EventRule;
import io.leadloom.local.template.Names;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/** EventBridge: events are matched against the rules of their bus and go to the rules' targets. */
final class EventBuses implements JsonApi {

  private static final int ENTRIES_LIMIT = 10;

  /** Of all entries of a request together. */
  private static final int ENTRIES_BYTES_LIMIT = 1024 * 1024;

  /** What the time of an entry counts, however it is written. */
  private static final int TIME_BYTES = 14;

  private final Set<String> buses;
  private final List<EventRule> rules;
  private final EventArchives archives;
  private final Deliveries deliveries;
  private final Clock clock;

  /**
   * @param buses the names of all buses, see {@link #names}
   * @param rules of the template; disabled ones and schedules match nothing
   */
  EventBuses(
      Set<String> buses,
      List<EventRule> rules,
      EventArchives archives,
      Deliveries deliveries,
      Clock clock) {
    this.buses = buses;
    this.rules = rules;
    this.archives = archives;
    this.deliveries = deliveries;
    this.clock = clock;
    rules.forEach(EventBuses::check);
  }

  /** The names of all buses: those of a template, and the one that is always there. */
  static Set<String> names(List<String> ofTemplate) {
    var all = new TreeSet<>(ofTemplate);
    all.add("default");
    return all;
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

  /** Sends an event of an archive once more, to some rules of its bus or, if none, to all. */
  void replay(String bus, ObjectNode event, Set<String> ruleArns) {
    route(bus, event, rule -> ruleArns.isEmpty() || ruleArns.contains(rule.arn()));
  }

  /** Whether an event that AWS itself would write goes to any target or archive. */
  boolean anybodyWants(String source, String detailType, JsonNode detail) {
    var event = event(source, detailType, List.of(), detail, clock.instant()).toString();
    return rules.stream().anyMatch(rule -> wants(rule, "default", event))
        || archives.anyWants("default", event);
  }

  private JsonNode putEvents(JsonNode request) {
    var entries = request.path("Entries");
    if (entries.isEmpty() || entries.size() > ENTRIES_LIMIT) {
      throw new AwsException(
          "ValidationException",
          "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must"
              + " have length from 1 to "
              + ENTRIES_LIMIT
              + ", but has "
              + entries.size());
    }
    if (bytes(entries) > ENTRIES_BYTES_LIMIT) {
      throw new AwsException(
          "ValidationException", "Total size of the entries in the request is over the limit.");
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
            "InvalidArgument",
            "Parameter "
                + required
                + " is not valid. Reason: "
                + required
                + " is a required argument.");
      }
    }
    if (entry.get("Source").asText().startsWith("aws.")) {
      throw new AwsException("NotAuthorizedForSourceException", "Not authorized for the source.");
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
    route(bus, event);
    return event.get("id").asText();
  }

  /** The size of entries as EventBridge reckons it. */
  private static int bytes(JsonNode entries) {
    var bytes = 0;
    for (var entry : entries) {
      bytes += entry.has("Time") ? TIME_BYTES : 0;
      for (var member : List.of("Source", "DetailType", "Detail")) {
        bytes += bytes(entry.path(member).asText());
      }
      for (var resource : entry.path("Resources")) {
        bytes += bytes(resource.asText());
      }
    }
    return bytes;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
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
    route(bus, event, rule -> true);
  }

  private void route(String bus, ObjectNode event, Predicate<EventRule> among) {
    var text = event.toString();
    archives.keep(bus, event, text);
    for (var rule : rules) {
      if (among.test(rule) && wants(rule, bus, text)) {
        for (var target : rule.targets()) {
          deliveries.deliverEvent(TargetInput.delivery(target, rule, event, clock.instant()));
        }
      }
    }
  }

  private static boolean wants(EventRule rule, String bus, String event) {
    return rule.enabled()
        && rule.bus().equals(bus)
        && rule.pattern().filter(pattern -> EventPatterns.matches(event, pattern)).isPresent();
  }

  private static void check(EventRule rule) {
    try {
      rule.pattern().ifPresent(EventPatterns::check);
    } catch (AwsException e) {
      throw new StackException("The rule " + rule.name() + " is refused: " + e.text(), e);
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
