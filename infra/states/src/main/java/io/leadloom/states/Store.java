package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * Everything that outlives the process, in one file. Nothing is durable before {@link #commit}; a
 * commit is all or nothing. It reaches the operating system, so it survives the end of the process,
 * but it does not wait for the disk. Used by the engine's thread alone.
 *
 * <p>An execution is a small record, two texts (input and output), one entry for every frame, and
 * its history, which is only ever appended to: one entry for all events of a commit.
 */
final class Store implements AutoCloseable {

  /** How many bits of a key number the parts of an execution. */
  private static final int PART_BITS = 24;

  private static final int PAGE_BYTES = 4_096;
  private static final int COMMITS_BETWEEN_COMPACTIONS = 200;
  private static final int COMPACTION_BYTES = 8 << 20;
  private static final int LEAST_FILL_PERCENT = 70;

  /** Room that is free is not written to at once: the last commit may still need it. */
  private static final int REUSE_AFTER_MILLIS = 5_000;

  private static final String LAST_INSTANT = "lastInstant";

  private final MVStore file;
  private final MVMap<String, byte[]> meta;
  private final MVMap<String, byte[]> machines;
  private final MVMap<String, byte[]> revisions;
  private final MVMap<String, byte[]> activities;
  private final MVMap<String, byte[]> versions;
  private final MVMap<String, byte[]> aliases;
  private final MVMap<Long, byte[]> executions;
  private final MVMap<Long, byte[]> inputs;
  private final MVMap<Long, byte[]> outputs;
  private final MVMap<Long, byte[]> frames;
  private final MVMap<Long, byte[]> items;
  private final MVMap<Long, byte[]> history;
  private final MVMap<Long, byte[]> announcements;

  /** Runs of distributed Maps by their ARN. */
  private final MVMap<String, byte[]> mapRuns;

  /** Their child executions, by the run and the place in it; and these keys by the child's ARN. */
  private final MVMap<String, byte[]> mapChildren;

  private final MVMap<String, byte[]> mapChildKeys;
  private int commits;

  private Store(MVStore file) {
    this.file = file;
    this.meta = byName("meta");
    this.machines = byName("machines");
    this.revisions = byName("revisions");
    this.activities = byName("activities");
    this.versions = byName("versions");
    this.aliases = byName("aliases");
    this.executions = byNumber("executions");
    this.inputs = byNumber("inputs");
    this.outputs = byNumber("outputs");
    this.frames = byNumber("frames");
    this.items = byNumber("items");
    this.history = byNumber("history");
    this.announcements = byNumber("announcements");
    this.mapRuns = byName("mapRuns");
    this.mapChildren = byName("mapChildren");
    this.mapChildKeys = byName("mapChildKeys");
  }

  private MVMap<String, byte[]> byName(String name) {
    return file.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  private MVMap<Long, byte[]> byNumber(String name) {
    return file.openMap(
        name,
        new MVMap.Builder<Long, byte[]>()
            .keyType(LongDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** Opens a file, or a store in memory where there is none. */
  static Store open(@Nullable Path path) {
    // A commit writes whole pages: small ones keep it small.
    var builder = new MVStore.Builder().autoCommitDisabled().compress().pageSplitSize(PAGE_BYTES);
    if (path != null) {
      builder.fileName(path.toAbsolutePath().toString());
    }
    var file = open(builder, path);
    file.setVersionsToKeep(0);
    file.setRetentionTime(REUSE_AFTER_MILLIS);
    return new Store(file);
  }

  private static MVStore open(MVStore.Builder builder, @Nullable Path path) {
    try {
      return builder.open();
    } catch (MVStoreException e) {
      var reason =
          e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
              ? "is in use by another process: stop that one first"
              : "cannot be read: " + e.getMessage();
      throw new IllegalStateException("The file " + path + " " + reason, e);
    }
  }

  /** The instant of the last commit in a file, if there is one. */
  static Optional<Instant> lastInstant(Path path) {
    if (!path.toFile().exists()) {
      return Optional.empty();
    }
    var builder = new MVStore.Builder().fileName(path.toAbsolutePath().toString());
    try (var store = open(builder, path)) {
      MVMap<String, byte[]> meta = new Store(store).meta;
      return Optional.ofNullable(meta.get(LAST_INSTANT))
          .map(bytes -> Instant.ofEpochMilli(Json.read(bytes, Long.class)));
    }
  }

  boolean hasChanges() {
    return file.hasUnsavedChanges();
  }

  /** Makes everything put so far durable, with the time at which it is. */
  void commit(long nowMillis) {
    meta.put(LAST_INSTANT, Json.bytes(nowMillis));
    file.commit();
    commits++;
  }

  /** Gives unused room in the file back once in a while; called when there is nothing to do. */
  void compactIfDue() {
    if (commits >= COMMITS_BETWEEN_COMPACTIONS && file.isPersistent()) {
      commits = 0;
      file.compact(LEAST_FILL_PERCENT, COMPACTION_BYTES);
    }
  }

  @Override
  public void close() {
    file.close();
  }

  Map<String, byte[]> machines() {
    return machines;
  }

  Map<String, byte[]> revisions() {
    return revisions;
  }

  Map<String, byte[]> activities() {
    return activities;
  }

  Map<String, byte[]> versions() {
    return versions;
  }

  Map<String, byte[]> aliases() {
    return aliases;
  }

  List<ExecutionRecord> executions() {
    List<ExecutionRecord> all = new ArrayList<>();
    executions.values().forEach(bytes -> all.add(Json.read(bytes, ExecutionRecord.class)));
    return all;
  }

  void put(ExecutionRecord execution) {
    executions.put(execution.sequence, Json.bytes(execution));
  }

  void putInput(long execution, String text) {
    inputs.put(execution, Json.bytes(text));
  }

  String input(long execution) {
    var bytes = inputs.get(execution);
    return bytes == null ? "{}" : Json.read(bytes, String.class);
  }

  void putOutput(long execution, String text) {
    outputs.put(execution, Json.bytes(text));
  }

  @Nullable String output(long execution) {
    var bytes = outputs.get(execution);
    return bytes == null ? null : Json.read(bytes, String.class);
  }

  void removeOutput(long execution) {
    outputs.remove(execution);
  }

  void putFrame(long execution, Frame frame) {
    frames.put(key(execution, frame.id), Json.bytes(frame));
  }

  void removeFrame(long execution, int frame) {
    frames.remove(key(execution, frame));
  }

  void putItems(long execution, Frame frame) {
    items.put(key(execution, frame.id), Json.bytes(frame.map().items));
  }

  void removeItems(long execution, int frame) {
    items.remove(key(execution, frame));
  }

  ArrayNode items(long execution, int frame) {
    var bytes = items.get(key(execution, frame));
    return bytes == null ? Json.array() : Json.read(bytes, ArrayNode.class);
  }

  List<Frame> frames(long execution) {
    List<Frame> all = new ArrayList<>();
    eachPart(frames, execution, bytes -> all.add(Json.read(bytes, Frame.class)));
    return all;
  }

  void append(long execution, int firstEvent, ArrayNode events) {
    history.put(key(execution, firstEvent), Json.bytes(events));
  }

  List<JsonNode> history(long execution) {
    List<JsonNode> events = new ArrayList<>();
    eachPart(history, execution, bytes -> Json.read(bytes, ArrayNode.class).forEach(events::add));
    return events;
  }

  /** The number of an execution's last stored event; 0 if there is none. */
  int lastEvent(long execution) {
    var key = history.floorKey(key(execution + 1, 0) - 1);
    var bytes = key == null || key >> PART_BITS != execution ? null : history.get(key);
    if (bytes == null) {
      return 0;
    }
    var events = Json.read(bytes, ArrayNode.class);
    return events.get(events.size() - 1).path("id").intValue();
  }

  /** Keeps what a listener is to be told of, and returns its number. */
  long putAnnouncement(JsonNode execution) {
    var last = announcements.lastKey();
    var number = last == null ? 1 : last + 1;
    announcements.put(number, Json.bytes(execution));
    return number;
  }

  void removeAnnouncement(long number) {
    announcements.remove(number);
  }

  /** What listeners are still to be told of, by number. */
  Map<Long, JsonNode> announcements() {
    Map<Long, JsonNode> all = new TreeMap<>();
    announcements.forEach((number, bytes) -> all.put(number, Json.read(bytes, JsonNode.class)));
    return all;
  }

  void put(MapRun run) {
    mapRuns.put(run.arn, Json.bytes(run));
  }

  @Nullable MapRun mapRun(String arn) {
    var bytes = mapRuns.get(arn);
    return bytes == null ? null : Json.read(bytes, MapRun.class);
  }

  List<MapRun> mapRuns() {
    return mapRuns.values().stream().map(bytes -> Json.read(bytes, MapRun.class)).toList();
  }

  void put(MapChild child) {
    var key = childKey(child.runArn, child.index);
    mapChildren.put(key, Json.bytes(child));
    mapChildKeys.putIfAbsent(child.arn, Json.bytes(key));
  }

  @Nullable MapChild mapChild(String runArn, int index) {
    var bytes = mapChildren.get(childKey(runArn, index));
    return bytes == null ? null : Json.read(bytes, MapChild.class);
  }

  @Nullable MapChild mapChild(String arn) {
    var key = mapChildKeys.get(arn);
    var bytes = key == null ? null : mapChildren.get(Json.read(key, String.class));
    return bytes == null ? null : Json.read(bytes, MapChild.class);
  }

  /** The child executions of a run, in the order of their places. */
  List<MapChild> mapChildren(String runArn) {
    List<MapChild> all = new ArrayList<>();
    var cursor = mapChildren.cursor(childKey(runArn, 0), runArn + "!", false);
    while (cursor.hasNext()) {
      cursor.next();
      all.add(Json.read(cursor.getValue(), MapChild.class));
    }
    return all;
  }

  /** A blank sorts before every character that an ARN can go on with. */
  private static String childKey(String runArn, int index) {
    return "%s %09d".formatted(runArn, index);
  }

  private static void eachPart(MVMap<Long, byte[]> map, long execution, Consumer<byte[]> consumer) {
    var cursor = map.cursor(key(execution, 0), key(execution + 1, 0) - 1, false);
    while (cursor.hasNext()) {
      cursor.next();
      consumer.accept(cursor.getValue());
    }
  }

  private static long key(long execution, int part) {
    return execution << PART_BITS | part;
  }
}
