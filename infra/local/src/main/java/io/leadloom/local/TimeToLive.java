package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import io.leadloom.local.template.Names;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes items whose time to live is over on the stack's clock; DynamoDB Local would go by the
 * wall clock. An item is gone at most {@link #SPACING} after its time (AWS says "within a few
 * days"), and time stops for it only where there is something to delete.
 *
 * <p>A table is read whole once, when this begins to look after it. From then on the requests that
 * write tell which items to look at, and when: to read a table of weeks again and again would cost
 * more than all else in a run.
 */
final class TimeToLive implements AutoCloseable {

  /** The least time between two looks at a table. */
  static final Duration SPACING = Duration.ofHours(6);

  private static final Logger LOG = LoggerFactory.getLogger(TimeToLive.class);
  private static final String API = "DynamoDB_20120810.";

  /** What has been over for longer is left alone, as AWS does. */
  private static final Duration FORGOTTEN = Duration.ofDays(5 * 365L);

  private static final Duration MARKS_KEPT = Duration.ofDays(2);
  private static final Pattern NUMBER = Pattern.compile("\"N\"\\s*:\\s*\"(\\d{9,11})\"");

  private final StackStore store;
  private final StackClock clock;
  private final Work work;
  private final ExecutorService threads;

  /** The attribute of each table. */
  private final Map<String, String> attributes;

  /** What was deleted here, by table and key: when. */
  private final Map<String, String> marks;

  private final Map<String, StackClock.Timer> alarms = new HashMap<>();

  /** Tables that are to be read whole. */
  private final Set<String> unread = new HashSet<>();

  /** The key attributes of tables that are looked after. */
  private final Map<String, List<String>> keyNames = new HashMap<>();

  /** Keys of items by table and epoch second, at which their time may be over but not before. */
  private final Map<String, NavigableMap<Long, Set<JsonNode>>> noted = new HashMap<>();

  private final Map<String, Instant> lastLooks = new HashMap<>();
  private @Nullable JsonService dynamo;
  private boolean closed;

  TimeToLive(StackStore store, StackClock clock, Work work, ExecutorService threads) {
    this.store = store;
    this.clock = clock;
    this.work = work;
    this.threads = threads;
    this.attributes = store.map("timeToLive");
    this.marks = store.map("timeToLive-deleted");
  }

  /** Begins to look after the tables of an earlier process, and from then on all others. */
  void start(JsonService tables) {
    dynamo = tables;
    Set.copyOf(attributes.keySet()).forEach(this::lookNow);
  }

  /** The actions that are answered here. */
  Optional<JsonNode> answer(String action, byte[] body) {
    return switch (action) {
      case "UpdateTimeToLive" -> Optional.of(update(Json.parse(body)));
      case "DescribeTimeToLive" -> Optional.of(describe(Json.parse(body)));
      default -> Optional.empty();
    };
  }

  private JsonNode update(JsonNode request) {
    var table = request.path("TableName").asText();
    var wanted = request.path("TimeToLiveSpecification");
    var attribute = wanted.path("AttributeName").asText("");
    var enabled = wanted.path("Enabled").asBoolean();
    if (attribute.isEmpty()) {
      throw new AwsException("ValidationException", "TimeToLive needs an AttributeName");
    }
    var current = attributes.get(table);
    if (enabled == (current != null)) {
      throw new AwsException(
          "ValidationException",
          enabled ? "TimeToLive is already enabled" : "TimeToLive is already disabled");
    }
    if (enabled) {
      attributes.put(table, attribute);
      lookNow(table);
    } else {
      attributes.remove(table);
    }
    store.commit();
    var answer = Json.object();
    answer.set("TimeToLiveSpecification", wanted);
    return answer;
  }

  private JsonNode describe(JsonNode request) {
    var attribute = attributes.get(request.path("TableName").asText());
    var answer = Json.object();
    var description = answer.putObject("TimeToLiveDescription");
    description.put("TimeToLiveStatus", attribute == null ? "DISABLED" : "ENABLED");
    if (attribute != null) {
      description.put("AttributeName", attribute);
    }
    return answer;
  }

  /** Notes the times in a request that writes, whether or not it was granted. */
  void written(String action, byte[] body) {
    if (attributes.isEmpty() || action.equals("DeleteItem")) {
      return;
    }
    var text = new String(body, StandardCharsets.UTF_8);
    if (attributes.values().stream().noneMatch(text::contains)) {
      return;
    }
    var request = Json.parse(body);
    switch (action) {
      case "PutItem" -> put(request);
      case "UpdateItem" -> updated(request);
      case "BatchWriteItem" ->
          request
              .path("RequestItems")
              .properties()
              .forEach(table ->
                  table
                      .getValue()
                      .forEach(each -> put(table.getKey(), each.at("/PutRequest/Item"))));
      case "TransactWriteItems" ->
          request
              .path("TransactItems")
              .forEach(each -> {
                put(each.path("Put"));
                updated(each.path("Update"));
              });
      // Statements are not taken apart here.
      default -> Set.copyOf(attributes.keySet()).forEach(this::lookNow);
    }
  }

  private void put(JsonNode request) {
    put(request.path("TableName").asText(), request.path("Item"));
  }

  private void put(String nameOrArn, JsonNode item) {
    var table = Names.lastPart(nameOrArn);
    var attribute = attributes.get(table);
    var second = attribute == null ? "" : item.path(attribute).path("N").asText();
    if (!second.isEmpty()) {
      note(table, item, new BigDecimal(second).longValue());
    }
  }

  /** Which number an expression makes the time of is not read; the earliest is early enough. */
  private void updated(JsonNode request) {
    var table = Names.lastPart(request.path("TableName").asText());
    if (attributes.containsKey(table)) {
      NUMBER
          .matcher(request.path("ExpressionAttributeValues").toString())
          .results()
          .mapToLong(match -> Long.parseLong(match.group(1)))
          .min()
          .ifPresent(second -> note(table, request.path("Key"), second));
    }
  }

  private synchronized void note(String table, JsonNode item, long second) {
    var names = keyNames.get(table);
    if (names == null) {
      // It is still to be read whole.
      return;
    }
    var key = Json.object();
    names.forEach(name -> key.set(name, item.path(name)));
    noted
        .computeIfAbsent(table, t -> new TreeMap<>())
        .computeIfAbsent(second, s -> new HashSet<>())
        .add(key);
    lookAt(table, Instant.ofEpochSecond(second));
  }

  /** Whether a record of a deletion was made here, not by a caller. */
  boolean hasDeleted(String table, JsonNode key) {
    return marks.containsKey(mark(table, key));
  }

  private static String mark(String table, JsonNode key) {
    var parts = new ArrayList<String>();
    key.properties().forEach(e -> parts.add(e.getKey() + "=" + e.getValue()));
    parts.sort(null);
    return table + " " + parts;
  }

  private synchronized void lookNow(String table) {
    unread.add(table);
    lookAt(table, clock.instant());
  }

  private synchronized void lookAt(String table, Instant wanted) {
    if (closed || dynamo == null) {
      return;
    }
    var earliest = Optional.ofNullable(lastLooks.get(table)).map(last -> last.plus(SPACING));
    var due = earliest.filter(wanted::isBefore).orElse(wanted);
    var alarm = alarms.get(table);
    if (alarm != null) {
      if (!due.isBefore(alarm.due())) {
        return;
      }
      alarm.cancel();
    }
    alarms.put(
        table,
        clock.schedule(
            due,
            () -> {
              var piece = work.begin();
              threads.execute(() -> look(table, piece));
            }));
  }

  private void look(String table, Work.Piece piece) {
    try (piece) {
      var tables = dynamo;
      var attribute = attributes.get(table);
      boolean whole;
      synchronized (this) {
        alarms.remove(table);
        if (closed || tables == null || attribute == null) {
          return;
        }
        lastLooks.put(table, clock.instant());
        whole = unread.remove(table);
      }
      if (whole) {
        sweep(tables, table, attribute);
      } else {
        due(table).forEach(key -> deleteIfOver(tables, table, attribute, key));
      }
      forgetMarks(clock.instant());
      lookAgain(table);
    } catch (RuntimeException e) {
      if (!isClosed()) {
        LOG.error("Items of {} whose time is over could not be deleted", table, e);
        lookNow(table);
      }
    }
  }

  /** Takes the keys of the items whose time may be over. */
  private synchronized List<JsonNode> due(String table) {
    var times = noted.get(table);
    if (times == null) {
      return List.of();
    }
    var past = times.headMap(clock.instant().getEpochSecond(), true);
    var keys = past.values().stream().flatMap(Set::stream).distinct().toList();
    past.clear();
    return keys;
  }

  private synchronized void lookAgain(String table) {
    var times = noted.get(table);
    if (times != null && !times.isEmpty()) {
      lookAt(table, Instant.ofEpochSecond(times.firstKey()));
    }
  }

  /** Reads the whole table, deletes what is over and notes what is not. */
  private void sweep(JsonService tables, String table, String attribute) {
    var keys = keyAttributes(tables, table);
    synchronized (this) {
      if (keys.isEmpty()) {
        return;
      }
      // What is written from here on is noted as well as read.
      keyNames.put(table, keys);
    }
    var request = Json.object().put("TableName", table);
    request.put("FilterExpression", "attribute_type(#ttl, :number)");
    request.putObject("ExpressionAttributeNames").put("#ttl", attribute);
    request.putObject("ExpressionAttributeValues").putObject(":number").put("S", "N");
    while (true) {
      var page = tables.call(API + "Scan", request);
      for (var item : page.path("Items")) {
        deleteOrNote(tables, table, attribute, item);
      }
      if (!page.hasNonNull("LastEvaluatedKey")) {
        break;
      }
      request.set("ExclusiveStartKey", page.get("LastEvaluatedKey"));
    }
  }

  private void deleteIfOver(JsonService tables, String table, String attribute, JsonNode key) {
    var request = Json.object().put("TableName", table).put("ConsistentRead", true);
    request.set("Key", key);
    var item = tables.call(API + "GetItem", request).path("Item");
    if (item.path(attribute).has("N")) {
      deleteOrNote(tables, table, attribute, item);
    }
  }

  private void deleteOrNote(JsonService tables, String table, String attribute, JsonNode item) {
    var now = clock.instant();
    var second = new BigDecimal(item.path(attribute).path("N").asText()).longValue();
    if (second > now.getEpochSecond()) {
      note(table, item, second);
    } else if (second > now.minus(FORGOTTEN).getEpochSecond()) {
      delete(tables, table, attribute, item, now);
    }
  }

  private static List<String> keyAttributes(JsonService tables, String table) {
    var names = new ArrayList<String>();
    try {
      tables
          .call(API + "DescribeTable", Json.object().put("TableName", table))
          .at("/Table/KeySchema")
          .forEach(key -> names.add(key.path("AttributeName").asText()));
    } catch (AwsException e) {
      LOG.debug("{} is no longer there", table, e);
    }
    return names;
  }

  private synchronized List<String> keyNames(String table) {
    return keyNames.getOrDefault(table, List.of());
  }

  private void delete(
      JsonService tables, String table, String attribute, JsonNode item, Instant now) {
    var request = Json.object().put("TableName", table);
    ObjectNode key = request.putObject("Key");
    keyNames(table).forEach(name -> key.set(name, item.path(name)));
    // Whoever has given it a new time meanwhile keeps it.
    request.put("ConditionExpression", "#ttl = :seen");
    request.putObject("ExpressionAttributeNames").put("#ttl", attribute);
    request.putObject("ExpressionAttributeValues").set(":seen", item.path(attribute));
    var mark = mark(table, key);
    marks.put(mark, now.toString());
    store.commit();
    try {
      tables.call(API + "DeleteItem", request);
    } catch (AwsException e) {
      marks.remove(mark);
      LOG.debug("An item of {} stays", table, e);
    }
  }

  private void forgetMarks(Instant now) {
    Map.copyOf(marks)
        .forEach((mark, time) -> {
          if (Instant.parse(time).isBefore(now.minus(MARKS_KEPT))) {
            marks.remove(mark);
          }
        });
    store.commit();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    alarms.values().forEach(StackClock.Timer::cancel);
  }
}
