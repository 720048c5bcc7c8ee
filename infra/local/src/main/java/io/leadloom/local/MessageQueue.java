package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.local.template.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One queue with the rules of SQS: delay, visibility timeout, retention, and for a FIFO queue order
 * within groups and deduplication. A standard queue is fair to its groups, as SQS is: those with
 * much at work step behind those with little. (SQS sees to that once a group has a tenth of what is
 * at work, and some thirty messages; here, where few are at work at once, it is always so.) It
 * reads no clock: whoever calls says what time it is. Not safe for several threads at once.
 */
final class MessageQueue {

  /** How long a FIFO queue remembers what was sent. */
  static final Duration DEDUPLICATION = Duration.ofMinutes(5);

  private static final String NEXT = "next";

  private final String name;
  private final long created;
  private QueueSettings settings;

  /** The messages on disk, by sequence; {@link #NEXT} holds the sequence of the next one. */
  private final Map<String, String> rows;

  /** What a FIFO queue was sent lately, by deduplication id. */
  private final Map<String, String> recent;

  private final VisibleMessages visible = new VisibleMessages();
  private final Map<Long, StoredMessage> hidden = new HashMap<>();

  /** How many messages of a group are received and not done. */
  private final Map<String, Integer> inFlight = new HashMap<>();

  private final TreeSet<StoredMessage> byVisibility =
      new TreeSet<>(
          Comparator.<StoredMessage>comparingLong(m -> m.visibleAt())
              .thenComparingLong(m -> m.sequence()));

  /** All messages, the one sent first before the others. */
  private final TreeSet<StoredMessage> byAge =
      new TreeSet<>(
          Comparator.<StoredMessage>comparingLong(m -> m.sentAt())
              .thenComparingLong(m -> m.sequence()));

  /** Who is sent what, before the queue gives it an id and a place. */
  record NewMessage(
      String body,
      JsonNode attributes,
      @Nullable String traceHeader,
      Optional<Duration> delay,
      @Nullable String groupId,
      @Nullable String deduplicationId) {

    NewMessage delayed(Duration by) {
      return new NewMessage(
          body, attributes, traceHeader, Optional.of(by), groupId, deduplicationId);
    }
  }

  /** The id of an accepted message, and its sequence number in a FIFO queue. */
  record Accepted(String id, long sequence) {}

  /**
   * @param messages now hidden for their visibility timeout
   * @param dead received too often before; already taken out of the queue
   */
  record Received(List<StoredMessage> messages, List<StoredMessage> dead) {}

  MessageQueue(
      String name,
      long created,
      QueueSettings settings,
      Map<String, String> rows,
      Map<String, String> recent) {
    this.name = name;
    this.created = created;
    this.settings = settings;
    this.rows = rows;
    this.recent = recent;
    rows.forEach((key, row) -> {
      if (!key.equals(NEXT)) {
        hide(StoredMessage.parse(row));
      }
    });
  }

  String name() {
    return name;
  }

  String arn() {
    return Names.LOCAL.arn("sqs", name);
  }

  long created() {
    return created;
  }

  QueueSettings settings() {
    return settings;
  }

  void change(QueueSettings changed) {
    settings = changed;
  }

  /** Takes a message, or finds that a FIFO queue was sent it lately and drops it. */
  Accepted send(NewMessage message, Instant time) {
    var now = time.toEpochMilli();
    var key = deduplicationKey(message);
    if (key != null) {
      var earlier = recentlySent(key, now);
      if (earlier != null) {
        return earlier;
      }
    }
    var delay = message.delay().orElseGet(settings::delay);
    var stored =
        new StoredMessage(
            nextSequence(),
            UUID.randomUUID().toString(),
            message.body(),
            message.attributes(),
            message.traceHeader(),
            now,
            now + delay.toMillis(),
            0,
            0,
            "",
            message.groupId(),
            message.deduplicationId(),
            null);
    put(stored);
    if (key != null) {
      recent.put(key, now + " " + stored.sequence() + " " + stored.id());
    }
    return new Accepted(stored.id(), stored.sequence());
  }

  private @Nullable String deduplicationKey(NewMessage message) {
    if (!settings.fifo() || message.deduplicationId() == null) {
      return null;
    }
    return settings.deduplicatesByGroup()
        ? message.groupId() + " " + message.deduplicationId()
        : message.deduplicationId();
  }

  private @Nullable Accepted recentlySent(String key, long now) {
    var oldest = now - DEDUPLICATION.toMillis();
    // The iterators of a stored map remove nothing.
    for (var past : List.copyOf(recent.entrySet())) {
      if (Long.parseLong(past.getValue().split(" ")[0]) <= oldest) {
        recent.remove(past.getKey());
      }
    }
    var entry = recent.get(key);
    if (entry == null) {
      return null;
    }
    var parts = entry.split(" ");
    return new Accepted(parts[2], Long.parseLong(parts[1]));
  }

  /** Takes over a message of another queue. */
  void accept(StoredMessage message, @Nullable String fromArn, Instant time) {
    var now = time.toEpochMilli();
    // A dead letter of a standard queue keeps its age; in a FIFO queue it starts anew.
    var sent = settings.fifo() || fromArn == null ? now : message.sentAt();
    put(message.moved(nextSequence(), sent, now, fromArn));
  }

  /**
   * Gives out up to {@code limit} messages and hides them.
   *
   * @param maxReceives what was received so often is dead; empty where dead letters cannot go
   */
  Received receive(
      int limit, Duration visibilityTimeout, Optional<Integer> maxReceives, Instant time) {
    settle(time);
    var now = time.toEpochMilli();
    var until = now + visibilityTimeout.toMillis();
    var blocked = settings.fifo() ? blockedGroups() : Map.<String, Long>of();
    var messages = new ArrayList<StoredMessage>();
    var dead = new ArrayList<StoredMessage>();
    var order =
        settings.fifo()
            ? visible.inOrder()
            : visible.fairly(group -> inFlight.getOrDefault(group, 0));
    for (var message : order) {
      if (messages.size() == limit) {
        break;
      }
      if (isBlocked(message, blocked)) {
        continue;
      }
      if (maxReceives.filter(most -> message.receives() >= most).isPresent()) {
        dead.add(message);
      } else {
        messages.add(message.received(now, until));
      }
    }
    dead.forEach(this::remove);
    for (var message : messages) {
      visible.remove(message.sequence());
      put(message);
    }
    return new Received(messages, dead);
  }

  /**
   * The groups of which something is at work, or hidden for another reason: by the sequence from
   * which on they must wait.
   */
  private Map<String, Long> blockedGroups() {
    var blocked = new HashMap<String, Long>();
    for (var message : hidden.values()) {
      if (message.groupId() != null) {
        var from = message.isReceived() ? Long.MIN_VALUE : message.sequence();
        blocked.merge(message.groupId(), from, Math::min);
      }
    }
    return blocked;
  }

  private static boolean isBlocked(StoredMessage message, Map<String, Long> blocked) {
    var from = message.groupId() == null ? null : blocked.get(message.groupId());
    return from != null && message.sequence() > from;
  }

  /** Deletes a message, unless it was received again since. */
  void delete(String receiptHandle, Instant time) {
    settle(time);
    var receipt = Receipt.parse(receiptHandle);
    var message = find(receipt.sequence());
    if (message == null || !message.receipt().equals(receipt.receive())) {
      return;
    }
    if (settings.fifo() && visible.find(message.sequence()) != null) {
      throw new AwsException(
          "InvalidParameterValue",
          "Value "
              + receiptHandle
              + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
    }
    remove(message);
  }

  /** Says anew for how long, from now on, a received message stays hidden. */
  void changeVisibility(String receiptHandle, Duration timeout, Instant time) {
    settle(time);
    var receipt = Receipt.parse(receiptHandle);
    var message = hidden.get(receipt.sequence());
    if (message == null || !message.receipt().equals(receipt.receive())) {
      throw new AwsException(
          "MessageNotInflight",
          "Value "
              + receiptHandle
              + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not"
              + " available for visibility timeout change.");
    }
    drop(message);
    put(message.visibleAt(time.plus(timeout).toEpochMilli()));
    settle(time);
  }

  /** Forgets what is too old, and makes visible what is due. */
  void settle(Instant time) {
    var now = time.toEpochMilli();
    var oldest = now - settings.retention().toMillis();
    while (!byAge.isEmpty() && byAge.first().sentAt() <= oldest) {
      var old = find(byAge.first().sequence());
      byAge.pollFirst();
      if (old != null) {
        remove(old);
      }
    }
    while (!byVisibility.isEmpty() && byVisibility.first().visibleAt() <= now) {
      var message = byVisibility.first();
      drop(message);
      visible.add(message);
    }
  }

  /** When the next hidden message becomes visible. */
  Optional<Instant> nextVisible() {
    return byVisibility.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(byVisibility.first().visibleAt()));
  }

  boolean hasVisible() {
    return visible.size() > 0;
  }

  int visibleCount() {
    return visible.size();
  }

  int inFlightCount() {
    return (int) hidden.values().stream().filter(StoredMessage::isReceived).count();
  }

  int delayedCount() {
    return hidden.size() - inFlightCount();
  }

  /** Takes out all messages that nobody is at work on. */
  List<StoredMessage> drain(Instant time) {
    settle(time);
    var all = List.copyOf(visible.inOrder());
    all.forEach(this::remove);
    return all;
  }

  /** Deletes everything. */
  void purge() {
    visible.clear();
    hidden.clear();
    inFlight.clear();
    byVisibility.clear();
    byAge.clear();
    for (var key : List.copyOf(rows.keySet())) {
      if (!key.equals(NEXT)) {
        rows.remove(key);
      }
    }
  }

  private long nextSequence() {
    var next = Long.parseLong(rows.getOrDefault(NEXT, "1"));
    rows.put(NEXT, Long.toString(next + 1));
    return next;
  }

  private @Nullable StoredMessage find(long sequence) {
    var message = visible.find(sequence);
    return message == null ? hidden.get(sequence) : message;
  }

  /** Writes a message down; whether it is visible shows when the queue settles. */
  private void put(StoredMessage message) {
    rows.put(Long.toString(message.sequence()), message.json());
    hide(message);
  }

  private void hide(StoredMessage message) {
    hidden.put(message.sequence(), message);
    if (message.isReceived() && message.groupId() != null) {
      inFlight.merge(message.groupId(), 1, Integer::sum);
    }
    byVisibility.add(message);
    byAge.add(message);
  }

  private void drop(StoredMessage message) {
    byVisibility.remove(message);
    var was = hidden.remove(message.sequence());
    if (was != null && was.isReceived() && was.groupId() != null) {
      inFlight.computeIfPresent(was.groupId(), (group, n) -> n == 1 ? null : n - 1);
    }
  }

  private void remove(StoredMessage message) {
    drop(message);
    byAge.remove(message);
    visible.remove(message.sequence());
    rows.remove(Long.toString(message.sequence()));
  }
}
