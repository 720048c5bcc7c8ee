package io.leadloom.local;

import io.leadloom.clock.StackClock;
import io.leadloom.local.template.Names;
import io.leadloom.local.template.QueueResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All queues of the stack, on disk. What becomes visible does so by the stack's clock; whoever
 * reads a queue is told in time, and the clock stops there.
 */
final class Queues implements AutoCloseable {

  private final StackStore store;
  private final StackClock clock;

  /** The attributes of each queue, as JSON, and under {@code created:} when it was made. */
  private final Map<String, String> settings;

  private final Map<String, MessageQueue> queues = new TreeMap<>();
  private final Map<String, Runnable> readers = new HashMap<>();
  private final Map<String, StackClock.Timer> alarms = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  Queues(StackStore store, StackClock clock) {
    this.store = store;
    this.clock = clock;
    this.settings = store.map("queues");
    Map.copyOf(settings)
        .forEach((name, row) -> {
          if (!name.startsWith("created:")) {
            open(name, read(row));
          }
        });
  }

  /** Makes the queues of a template that are missing, and gives all of them their attributes. */
  void create(List<QueueResource> resources) {
    for (var resource : resources) {
      var wanted = QueueSettings.of(resource.attributes());
      if (queues.containsKey(resource.name())) {
        change(resource.name(), queue -> wanted);
      } else {
        create(resource.name(), wanted);
      }
    }
  }

  /** Makes a queue, or does nothing if it is there just so. */
  void create(String name, QueueSettings wanted) {
    lock.lock();
    try {
      var existing = queues.get(name);
      if (existing == null) {
        settings.put("created:" + name, Long.toString(clock.instant().getEpochSecond()));
        open(name, wanted);
        save(name, wanted);
      } else if (!existing.settings().values().entrySet().containsAll(wanted.values().entrySet())) {
        throw new AwsException(
            "QueueNameExists",
            "A queue already exists with the same name and a different value for an attribute.");
      }
    } finally {
      lock.unlock();
    }
    store.commit();
  }

  void change(String name, Function<QueueSettings, QueueSettings> change) {
    update(
        name,
        queue -> {
          queue.change(change.apply(queue.settings()));
          save(name, queue.settings());
        });
  }

  private void open(String name, QueueSettings wanted) {
    var created = Long.parseLong(settings.getOrDefault("created:" + name, "0"));
    queues.put(
        name,
        new MessageQueue(
            name,
            created,
            wanted,
            store.map("queue:" + name),
            store.map("queue-deduplication:" + name)));
    setAlarm(name);
  }

  private void save(String name, QueueSettings wanted) {
    settings.put(name, Json.MAPPER.valueToTree(wanted.values()).toString());
  }

  private static QueueSettings read(String json) {
    var values = new TreeMap<String, String>();
    Json.parse(json).properties().forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    return new QueueSettings(values);
  }

  void delete(String name) {
    update(
        name,
        queue -> {
          queue.purge();
          queues.remove(name);
          settings.remove(name);
          settings.remove("created:" + name);
        });
  }

  /** Has {@code reader} called whenever a queue may hold something to read. */
  void onArrival(String name, Runnable reader) {
    lock.lock();
    try {
      readers.put(name, reader);
    } finally {
      lock.unlock();
    }
  }

  MessageQueue.Accepted send(String name, MessageQueue.NewMessage message) {
    return ask(name, queue -> queue.send(message, clock.instant()));
  }

  /**
   * Receives up to {@code limit} messages and waits for the first.
   *
   * @param visibilityTimeout the queue's own if empty
   * @param wait in real time
   */
  List<StoredMessage> receive(
      String name, int limit, Optional<Duration> visibilityTimeout, Duration wait) {
    lock.lock();
    try {
      var nanos = wait.toNanos();
      while (true) {
        var messages = receive(queue(name), limit, visibilityTimeout);
        if (!messages.isEmpty() || nanos <= 0 || closed) {
          return messages;
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<StoredMessage> receive(
      MessageQueue queue, int limit, Optional<Duration> visibilityTimeout) {
    var now = clock.instant();
    var timeout = visibilityTimeout.orElseGet(queue.settings()::visibilityTimeout);
    var deadLetters = queue.settings().deadLetterQueue().map(queues::get);
    var maxReceives =
        deadLetters
            .flatMap(q -> queue.settings().redrive())
            .map(QueueSettings.Redrive::maxReceives);
    var received = queue.receive(limit, timeout, maxReceives, now);
    if (deadLetters.isPresent() && !received.dead().isEmpty()) {
      received.dead().forEach(m -> deadLetters.get().accept(m, queue.arn(), now));
      announce(deadLetters.get());
    }
    setAlarm(queue.name());
    if (!received.messages().isEmpty() || !received.dead().isEmpty()) {
      store.commit();
    }
    return received.messages();
  }

  /** Moves all visible messages of one queue to the end of another; how many they were. */
  int move(String from, String to) {
    lock.lock();
    try {
      var target = queue(to);
      var now = clock.instant();
      var messages = queue(from).drain(now);
      messages.forEach(message -> target.accept(message, null, now));
      announce(target);
      return messages.size();
    } finally {
      lock.unlock();
      store.commit();
    }
  }

  void delete(String name, String receiptHandle) {
    update(name, queue -> queue.delete(receiptHandle, clock.instant()));
  }

  void changeVisibility(String name, String receiptHandle, Duration timeout) {
    update(name, queue -> queue.changeVisibility(receiptHandle, timeout, clock.instant()));
  }

  /** Changes a queue, and tells who reads it. */
  void update(String name, Consumer<MessageQueue> change) {
    ask(
        name,
        queue -> {
          change.accept(queue);
          return true;
        });
  }

  private <T> T ask(String name, Function<MessageQueue, T> question) {
    T answer;
    lock.lock();
    try {
      var queue = queue(name);
      answer = question.apply(queue);
      announce(queue);
    } finally {
      lock.unlock();
    }
    store.commit();
    return answer;
  }

  /** Looks at a queue as it is now. */
  <T> T look(String name, Function<MessageQueue, T> question) {
    lock.lock();
    try {
      var queue = queue(name);
      queue.settle(clock.instant());
      return question.apply(queue);
    } finally {
      lock.unlock();
    }
  }

  Collection<String> names() {
    lock.lock();
    try {
      return List.copyOf(queues.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** The queues whose dead letters go to a queue. */
  List<String> sourcesOf(String deadLetterQueue) {
    lock.lock();
    try {
      var sources = new ArrayList<String>();
      for (var queue : queues.values()) {
        if (queue.settings().deadLetterQueue().filter(deadLetterQueue::equals).isPresent()) {
          sources.add(queue.name());
        }
      }
      return sources;
    } finally {
      lock.unlock();
    }
  }

  private MessageQueue queue(String name) {
    var queue = queues.get(Names.lastPart(name));
    if (queue == null) {
      throw new AwsException("QueueDoesNotExist", "The specified queue does not exist.");
    }
    return queue;
  }

  private void announce(MessageQueue queue) {
    queue.settle(clock.instant());
    setAlarm(queue.name());
    if (queue.hasVisible()) {
      changed.signalAll();
      var reader = readers.get(queue.name());
      if (reader != null) {
        reader.run();
      }
    }
  }

  /** Has the clock stop where the next message becomes visible. */
  private void setAlarm(String name) {
    var queue = queues.get(name);
    var next = queue == null || closed ? Optional.<Instant>empty() : queue.nextVisible();
    var alarm = alarms.get(name);
    if (alarm != null && next.filter(alarm.due()::equals).isPresent()) {
      return;
    }
    if (alarm != null) {
      alarm.cancel();
      alarms.remove(name);
    }
    next.ifPresent(due -> alarms.put(name, clock.schedule(due, () -> ring(name))));
  }

  private void ring(String name) {
    lock.lock();
    try {
      alarms.remove(name);
      var queue = queues.get(name);
      if (queue != null && !closed) {
        announce(queue);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      alarms.values().forEach(StackClock.Timer::cancel);
      alarms.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
