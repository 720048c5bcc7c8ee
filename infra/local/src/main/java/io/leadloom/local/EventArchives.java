package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.ArchiveResource;
import io.leadloom.local.template.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The archives of EventBridge: what came to a bus, kept on disk for as many days of the stack's
 * clock as the archive says.
 */
final class EventArchives implements JsonApi {

  /** The member that tells a replayed event from the first one; no archive takes those. */
  static final String REPLAY_NAME = "replay-name";

  private static final Pattern NAME = Pattern.compile("[.\\-_A-Za-z0-9]{1,48}");
  private static final EventListing LISTING = new EventListing("Archives", "ArchiveName");

  private final StackStore store;
  private final Clock clock;
  private final Set<String> buses;

  /** The archives by name, as JSON. */
  private final Map<String, String> archives;

  /**
   * @param pattern null for every event
   * @param retentionDays 0 for always
   * @param created in milliseconds of the epoch
   */
  private record Archive(
      String name,
      String bus,
      @Nullable String description,
      @Nullable String pattern,
      int retentionDays,
      long created) {

    boolean wants(String ofBus, String event) {
      return bus.equals(ofBus) && (pattern == null || EventPatterns.matches(event, pattern));
    }
  }

  EventArchives(StackStore store, Clock clock, Set<String> buses) {
    this.store = store;
    this.clock = clock;
    this.buses = buses;
    this.archives = store.map("archives");
  }

  /** Makes the archives of a template, or gives those that are there the settings of today. */
  void create(List<ArchiveResource> resources) {
    for (var resource : resources) {
      var old = archives.get(resource.name());
      try {
        check(resource.name(), resource.bus(), resource.pattern().orElse(null));
      } catch (AwsException e) {
        throw new StackException("The archive " + resource.name() + " is refused: " + e.text(), e);
      }
      put(
          new Archive(
              resource.name(),
              resource.bus(),
              resource.description().orElse(null),
              resource.pattern().orElse(null),
              resource.retentionDays(),
              old == null ? clock.millis() : read(old).created()));
    }
  }

  @Override
  public JsonNode call(String action, JsonNode request) {
    return switch (action) {
      case "CreateArchive" -> createArchive(request);
      case "DescribeArchive" -> describe(find(request.path("ArchiveName").asText()));
      case "ListArchives" -> LISTING.page(request, all().stream().map(this::summary).toList());
      case "UpdateArchive" -> updateArchive(request);
      case "DeleteArchive" -> deleteArchive(request);
      default -> throw JsonApi.unknown("EventBridge", action);
    };
  }

  /**
   * Keeps an event for those archives of its bus that want it, or nothing of it.
   *
   * @param text the event as JSON
   */
  void keep(String bus, ObjectNode event, String text) {
    if (event.has(REPLAY_NAME)) {
      return;
    }
    var kept = false;
    for (var archive : all()) {
      if (archive.wants(bus, text)) {
        forgetOld(archive);
        events(archive.name()).put(key(clock.instant()) + event.path("id").asText(), text);
        kept = true;
      }
    }
    if (kept) {
      store.commit();
    }
  }

  /** Whether any archive keeps an event. */
  boolean anyWants(String bus, String event) {
    return all().stream().anyMatch(archive -> archive.wants(bus, event));
  }

  /** The bus that an archive is of. */
  String busOf(String name) {
    return find(name).bus();
  }

  /** What an archive has from one instant to another, both included, the oldest first. */
  List<ObjectNode> between(String name, Instant from, Instant to) {
    var archive = find(name);
    forgetOld(archive);
    var found = new ArrayList<ObjectNode>();
    for (var text : events(name).values()) {
      var event = (ObjectNode) Json.parse(text);
      var time = timeOf(event);
      if (!time.isBefore(from) && !time.isAfter(to)) {
        found.add(event);
      }
    }
    // The order is that of what happened, not that of what was heard of it.
    found.sort(Comparator.comparing(EventArchives::timeOf));
    return found;
  }

  static Instant timeOf(JsonNode event) {
    return Instant.parse(event.path("time").asText());
  }

  static String arn(String name) {
    return Names.LOCAL.arn("events", "archive/" + name);
  }

  private JsonNode createArchive(JsonNode request) {
    var name = request.path("ArchiveName").asText();
    if (archives.containsKey(name)) {
      throw new AwsException(
          "ResourceAlreadyExistsException", "Archive " + name + " already exists.");
    }
    var pattern = request.path("EventPattern").asText(null);
    var bus = Names.lastPart(request.path("EventSourceArn").asText());
    check(name, bus, pattern);
    var archive =
        new Archive(
            name,
            bus,
            request.path("Description").asText(null),
            pattern,
            retentionDays(request, 0),
            clock.millis());
    put(archive);
    return changed(archive);
  }

  private JsonNode updateArchive(JsonNode request) {
    var old = find(request.path("ArchiveName").asText());
    var pattern = request.path("EventPattern").asText(old.pattern());
    check(old.name(), old.bus(), pattern);
    var archive =
        new Archive(
            old.name(),
            old.bus(),
            request.path("Description").asText(old.description()),
            pattern,
            retentionDays(request, old.retentionDays()),
            old.created());
    put(archive);
    return changed(archive);
  }

  private JsonNode deleteArchive(JsonNode request) {
    var archive = find(request.path("ArchiveName").asText());
    archives.remove(archive.name());
    events(archive.name()).clear();
    store.commit();
    return Json.object();
  }

  private void check(String name, String bus, @Nullable String pattern) {
    if (!NAME.matcher(name).matches()) {
      throw new AwsException(
          "ValidationException",
          "1 validation error detected: Value '"
              + name
              + "' at 'archiveName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [\\.\\-_A-Za-z0-9]+ and have length from 1 to 48");
    }
    if (!buses.contains(bus)) {
      throw new AwsException("ResourceNotFoundException", "Event bus " + bus + " does not exist.");
    }
    if (pattern != null) {
      EventPatterns.check(pattern);
    }
  }

  private static int retentionDays(JsonNode request, int otherwise) {
    var days = request.path("RetentionDays").asInt(otherwise);
    if (days < 0) {
      throw new AwsException(
          "ValidationException",
          "1 validation error detected: Value '"
              + days
              + "' at 'retentionDays' failed to satisfy constraint: Member must have value greater"
              + " than or equal to 0");
    }
    return days;
  }

  private void put(Archive archive) {
    archives.put(archive.name(), new String(Json.bytes(archive), StandardCharsets.UTF_8));
    store.commit();
  }

  private Archive find(String name) {
    var text = archives.get(name);
    if (text == null) {
      throw new AwsException("ResourceNotFoundException", "Archive " + name + " does not exist.");
    }
    return read(text);
  }

  private List<Archive> all() {
    return new TreeMap<>(archives).values().stream().map(EventArchives::read).toList();
  }

  private static Archive read(String text) {
    try {
      return Json.MAPPER.readValue(text, Archive.class);
    } catch (IOException e) {
      throw new StackException("An archive in the store cannot be read: " + text, e);
    }
  }

  /** The events of an archive, in the order in which they came. */
  private Map<String, String> events(String name) {
    return store.map("archive:" + name);
  }

  private static String key(Instant kept) {
    return "%015d ".formatted(kept.toEpochMilli());
  }

  private void forgetOld(Archive archive) {
    if (archive.retentionDays() == 0) {
      return;
    }
    var oldest = key(clock.instant().minus(Duration.ofDays(archive.retentionDays())));
    var events = events(archive.name());
    // The iterators of a stored map remove nothing.
    var old = events.keySet().stream().takeWhile(key -> key.compareTo(oldest) < 0).toList();
    old.forEach(events::remove);
  }

  private static ObjectNode changed(Archive archive) {
    return Json.object()
        .put("ArchiveArn", arn(archive.name()))
        .put("CreationTime", archive.created() / 1000.0)
        .put("State", "ENABLED");
  }

  private ObjectNode summary(Archive archive) {
    forgetOld(archive);
    var events = events(archive.name());
    var bytes =
        events.values().stream()
            .mapToLong(event -> event.getBytes(StandardCharsets.UTF_8).length)
            .sum();
    return Json.object()
        .put("ArchiveName", archive.name())
        .put("EventSourceArn", Names.LOCAL.arn("events", "event-bus/" + archive.bus()))
        .put("State", "ENABLED")
        .put("RetentionDays", archive.retentionDays())
        .put("SizeBytes", bytes)
        .put("EventCount", events.size())
        .put("CreationTime", archive.created() / 1000.0);
  }

  private ObjectNode describe(Archive archive) {
    var answer = summary(archive).put("ArchiveArn", arn(archive.name()));
    if (archive.description() != null) {
      answer.put("Description", archive.description());
    }
    if (archive.pattern() != null) {
      answer.put("EventPattern", archive.pattern());
    }
    return answer;
  }
}
