package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import io.leadloom.local.template.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The replays of EventBridge: what an archive has goes to the rules of its bus once more, at least
 * once, in the order of its minutes. Each minute that has events takes a second on the stack's
 * clock, so that a replay can be watched and cancelled; it goes on after a restart.
 */
final class EventReplays implements JsonApi, AutoCloseable {

  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Pattern NAME = Pattern.compile("[.\\-_A-Za-z0-9]{1,64}");
  private static final EventListing LISTING = new EventListing("Replays", "ReplayName");

  private final StackStore store;
  private final StackClock clock;
  private final EventArchives archives;
  private final EventBuses buses;

  /** The replays by name, as JSON. */
  private final Map<String, String> replays;

  private final Map<String, StackClock.Timer> timers = new HashMap<>();
  private boolean closed;

  private enum State {
    STARTING,
    RUNNING,
    CANCELLING,
    COMPLETED,
    CANCELLED,
    FAILED;

    boolean over() {
      return this == COMPLETED || this == CANCELLED || this == FAILED;
    }
  }

  /**
   * A replay; all times are milliseconds of the epoch.
   *
   * @param rules the ARNs of the rules that get the events; every rule if there are none
   */
  private record Replay(
      String name,
      String archive,
      String bus,
      @Nullable String description,
      List<String> rules,
      long from,
      long to,
      long started,
      Progress progress) {

    Replay at(Progress other) {
      return new Replay(name, archive, bus, description, rules, from, to, started, other);
    }

    State state() {
      return progress.state();
    }

    String arn() {
      return Names.LOCAL.arn("events", "replay/" + name);
    }
  }

  /**
   * How far a replay is.
   *
   * @param next from when on events are still to be replayed
   * @param lastReplayed the time of the latest event replayed; 0 before the first
   * @param ended 0 before the end
   */
  private record Progress(
      State state, @Nullable String reason, long next, long lastReplayed, long ended) {

    static Progress from(Instant first) {
      return new Progress(State.STARTING, null, first.toEpochMilli(), 0, 0);
    }

    Progress upTo(Instant minute, Instant last) {
      return new Progress(State.RUNNING, null, minute.toEpochMilli(), last.toEpochMilli(), 0);
    }

    Progress cancelling() {
      return new Progress(State.CANCELLING, null, next, lastReplayed, 0);
    }

    Progress over(State end, @Nullable String why, Instant now) {
      return new Progress(end, why, next, lastReplayed, now.toEpochMilli());
    }
  }

  EventReplays(StackStore store, StackClock clock, EventArchives archives, EventBuses buses) {
    this.store = store;
    this.clock = clock;
    this.archives = archives;
    this.buses = buses;
    this.replays = store.map("replays");
  }

  /** Takes up the replays of an earlier process. */
  synchronized void start() {
    all().stream().filter(replay -> !replay.state().over()).forEach(this::goOn);
  }

  @Override
  public synchronized JsonNode call(String action, JsonNode request) {
    return switch (action) {
      case "StartReplay" -> startReplay(request);
      case "DescribeReplay" -> describe(find(request));
      case "ListReplays" ->
          LISTING.page(request, all().stream().map(EventReplays::summary).toList());
      case "CancelReplay" -> cancelReplay(request);
      default -> throw JsonApi.unknown("EventBridge", action);
    };
  }

  private JsonNode startReplay(JsonNode request) {
    var name = request.path("ReplayName").asText();
    if (!NAME.matcher(name).matches()) {
      throw new AwsException(
          "ValidationException",
          "1 validation error detected: Value '"
              + name
              + "' at 'replayName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [\\.\\-_A-Za-z0-9]+ and have length from 1 to 64");
    }
    var destination = request.path("Destination");
    var archive = archive(request, destination.path("Arn").asText());
    var from = instant(request, "EventStartTime");
    var to = instant(request, "EventEndTime");
    if (!from.isBefore(to)) {
      throw invalid("EventEndTime", "EventStartTime must be before EventEndTime.");
    }
    if (replays.containsKey(name)) {
      throw new AwsException(
          "ResourceAlreadyExistsException", "Replay " + name + " already exists.");
    }
    var rules = new ArrayList<String>();
    destination.path("FilterArns").forEach(arn -> rules.add(arn.asText()));
    var replay =
        new Replay(
            name,
            archive,
            archives.busOf(archive),
            request.path("Description").asText(null),
            rules,
            from.toEpochMilli(),
            to.toEpochMilli(),
            clock.millis(),
            Progress.from(from));
    put(replay);
    goOn(replay);
    return state(replay).put("ReplayStartTime", replay.started() / 1000.0);
  }

  /** The archive to be replayed; its events can go nowhere but to the bus that they came from. */
  private String archive(JsonNode request, String busArn) {
    if (!busArn.contains(":event-bus/")) {
      throw invalid("Destination.Arn", "Must contain an event bus ARN.");
    }
    var source = request.path("EventSourceArn").asText();
    if (!source.contains(":archive/")) {
      throw invalid("EventSourceArn", "Must contain an archive ARN.");
    }
    var name = Names.lastPart(source);
    String bus;
    try {
      bus = archives.busOf(name);
    } catch (AwsException e) {
      var refusal = invalid("EventSourceArn", e.text());
      refusal.initCause(e);
      throw refusal;
    }
    if (!bus.equals(Names.lastPart(busArn))) {
      throw invalid("Destination.Arn", "Cross event bus replay is not permitted.");
    }
    return name;
  }

  private static AwsException invalid(String parameter, String reason) {
    return new AwsException(
        "ValidationException", "Parameter " + parameter + " is not valid. Reason: " + reason);
  }

  private static Instant instant(JsonNode request, String member) {
    if (!request.path(member).isNumber()) {
      throw invalid(member, "It must be a number of seconds.");
    }
    return Instant.ofEpochMilli(Math.round(request.get(member).asDouble() * 1000));
  }

  private JsonNode cancelReplay(JsonNode request) {
    var replay = find(request);
    if (replay.state() != State.STARTING && replay.state() != State.RUNNING) {
      throw new AwsException(
          "IllegalStatusException",
          "Replay " + replay.name() + " is not in a valid state for this operation.");
    }
    var cancelling = replay.at(replay.progress().cancelling());
    put(cancelling);
    return state(cancelling);
  }

  private void goOn(Replay replay) {
    if (!closed) {
      var due = clock.instant().plus(PACE);
      timers.put(replay.name(), clock.schedule(due, () -> step(replay.name())));
    }
  }

  private synchronized void step(String name) {
    timers.remove(name);
    if (closed) {
      return;
    }
    var replay = find(name);
    var progress = replay.progress();
    if (progress.state() == State.CANCELLING) {
      end(replay, State.CANCELLED, "Replay cancelled by user.");
      return;
    }
    List<ObjectNode> due;
    try {
      due =
          archives.between(
              replay.archive(),
              Instant.ofEpochMilli(progress.next()),
              Instant.ofEpochMilli(replay.to()));
    } catch (AwsException e) {
      end(replay, State.FAILED, e.text());
      return;
    }
    if (due.isEmpty()) {
      end(replay, State.COMPLETED, null);
      return;
    }
    var minute = EventArchives.timeOf(due.getFirst()).truncatedTo(ChronoUnit.MINUTES);
    var end = minute.plus(1, ChronoUnit.MINUTES);
    var last = minute;
    for (var event : due) {
      if (!EventArchives.timeOf(event).isBefore(end)) {
        break;
      }
      last = EventArchives.timeOf(event);
      buses.replay(
          replay.bus(), event.put(EventArchives.REPLAY_NAME, name), Set.copyOf(replay.rules()));
    }
    var further = replay.at(progress.upTo(end, last));
    put(further);
    goOn(further);
  }

  private void end(Replay replay, State state, @Nullable String why) {
    put(replay.at(replay.progress().over(state, why, clock.instant())));
  }

  private void put(Replay replay) {
    replays.put(replay.name(), new String(Json.bytes(replay), StandardCharsets.UTF_8));
    store.commit();
  }

  private Replay find(JsonNode request) {
    return find(request.path("ReplayName").asText());
  }

  private Replay find(String name) {
    var text = replays.get(name);
    if (text == null) {
      throw new AwsException("ResourceNotFoundException", "Replay " + name + " does not exist.");
    }
    return read(text);
  }

  private List<Replay> all() {
    return new TreeMap<>(replays).values().stream().map(EventReplays::read).toList();
  }

  private static Replay read(String text) {
    try {
      return Json.MAPPER.readValue(text, Replay.class);
    } catch (IOException e) {
      throw new StackException("A replay in the store cannot be read: " + text, e);
    }
  }

  private static ObjectNode state(Replay replay) {
    var answer = Json.object().put("ReplayArn", replay.arn()).put("State", replay.state().name());
    if (replay.progress().reason() != null) {
      answer.put("StateReason", replay.progress().reason());
    }
    return answer;
  }

  private static ObjectNode summary(Replay replay) {
    var answer =
        Json.object()
            .put("ReplayName", replay.name())
            .put("EventSourceArn", EventArchives.arn(replay.archive()))
            .put("State", replay.state().name())
            .put("EventStartTime", replay.from() / 1000.0)
            .put("EventEndTime", replay.to() / 1000.0)
            .put("ReplayStartTime", replay.started() / 1000.0);
    if (replay.progress().reason() != null) {
      answer.put("StateReason", replay.progress().reason());
    }
    if (replay.progress().lastReplayed() > 0) {
      answer.put("EventLastReplayedTime", replay.progress().lastReplayed() / 1000.0);
    }
    if (replay.progress().ended() > 0) {
      answer.put("ReplayEndTime", replay.progress().ended() / 1000.0);
    }
    return answer;
  }

  private static ObjectNode describe(Replay replay) {
    var answer = summary(replay).put("ReplayArn", replay.arn());
    if (replay.description() != null) {
      answer.put("Description", replay.description());
    }
    var destination = answer.putObject("Destination");
    destination.put("Arn", Names.LOCAL.arn("events", "event-bus/" + replay.bus()));
    replay.rules().forEach(destination.putArray("FilterArns")::add);
    return answer;
  }

  @Override
  public synchronized void close() {
    closed = true;
    timers.values().forEach(StackClock.Timer::cancel);
  }
}
