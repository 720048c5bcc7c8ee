package io.leadloom.local;

import io.leadloom.clock.StackClock;
import io.leadloom.local.template.EventSource;
import io.leadloom.local.template.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a queue for a function, in batches, as Lambda does: what a function did not get done comes
 * back when the queue's visibility timeout has passed on the stack's clock. While there may be
 * something to read, the clock is held.
 */
final class QueueReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);
  private static final int RECEIVE_LIMIT = 10;

  private final EventSource.Queue source;
  private final String queue;
  private final EventFilters filters;
  private final Queues queues;
  private final LambdaService lambda;
  private final StackClock clock;
  private final Work work;
  private final ExecutorService threads;

  private final Readiness readiness;
  private final AtomicInteger batches = new AtomicInteger();

  /** What is received and waits for the batch to fill. Only the reading thread sees it. */
  private final List<StoredMessage> gathered = new ArrayList<>();

  /** Until when the batch waits; only the reading thread sees it, too. */
  private @Nullable Instant windowEnd;

  QueueReader(
      EventSource.Queue source,
      Queues queues,
      LambdaService lambda,
      StackClock clock,
      Work work,
      ExecutorService threads) {
    this.source = source;
    this.queue = Names.lastPart(source.queueArn());
    this.filters = new EventFilters(source.filters());
    this.queues = queues;
    this.lambda = lambda;
    this.clock = clock;
    this.work = work;
    this.readiness = new Readiness(clock, work);
    this.threads = threads;
  }

  void start() {
    queues.onArrival(queue, readiness::wake);
    readiness.wake();
    threads.execute(this::read);
  }

  private void read() {
    while (readiness.await(() -> batches.get() < source.maximumConcurrency())) {
      try {
        var room = source.batchSize() - gathered.size();
        var received = room == 0 ? List.<StoredMessage>of() : receive(room);
        var batch = gather(received);
        if (!batch.isEmpty()) {
          // The batch holds the clock for itself, and beyond the function's own end.
          var piece = work.begin();
          threads.execute(() -> process(batch, piece));
        }
      } catch (RuntimeException e) {
        if (!readiness.isClosed()) {
          LOG.error("Reading {} failed", queue, e);
        }
      }
    }
  }

  private List<StoredMessage> receive(int room) {
    var messages = new ArrayList<StoredMessage>();
    while (messages.size() < room) {
      var limit = Math.min(RECEIVE_LIMIT, room - messages.size());
      var received = queues.receive(queue, limit, Optional.empty(), Duration.ZERO);
      if (received.isEmpty()) {
        break;
      }
      messages.addAll(received);
    }
    return messages;
  }

  /** Adds to the batch; the batch, if it is full or its window is over. */
  private List<StoredMessage> gather(List<StoredMessage> received) {
    gathered.addAll(received);
    if (!received.isEmpty()) {
      // Others may lie behind those, and another batch may have room for them.
      readiness.wake();
    }
    if (gathered.isEmpty() || gathered.size() < source.batchSize() && !windowIsOver()) {
      return List.of();
    }
    var batch = List.copyOf(gathered);
    gathered.clear();
    windowEnd = null;
    readiness.cancelAlarm();
    batches.incrementAndGet();
    return batch;
  }

  /** Whether the batch is to wait no longer; its first message opens the window. */
  private boolean windowIsOver() {
    if (source.window().isZero()) {
      return true;
    }
    var now = clock.instant();
    if (windowEnd == null) {
      windowEnd = now.plus(source.window());
      readiness.wakeAt(windowEnd);
      return false;
    }
    return !windowEnd.isAfter(now);
  }

  private void process(List<StoredMessage> received, Work.Piece piece) {
    try (piece) {
      var messages = new ArrayList<StoredMessage>();
      var done = new ArrayList<StoredMessage>();
      for (var message : received) {
        (filters.pass(QueueEvents.filterable(message)) ? messages : done).add(message);
      }
      var failed = messages.isEmpty() ? Set.<String>of() : failedIds(messages);
      messages.stream().filter(message -> !failed.contains(message.id())).forEach(done::add);
      done.forEach(message -> queues.delete(queue, message.receiptHandle()));
    } catch (RuntimeException e) {
      if (!readiness.isClosed()) {
        LOG.error("A batch of {} failed", queue, e);
      }
    } finally {
      endBatch();
    }
  }

  /** In a FIFO queue the group is free again; elsewhere a place for a batch is. */
  private void endBatch() {
    batches.decrementAndGet();
    readiness.wake();
  }

  /** Runs the function; the ids of the messages that it did not get done. */
  private Set<String> failedIds(List<StoredMessage> messages) {
    var all = new HashSet<String>();
    messages.forEach(message -> all.add(message.id()));
    InvocationResult result;
    try {
      result =
          lambda.invoke(
              source.functionArn(), Json.bytes(QueueEvents.event(messages, source.queueArn())));
    } catch (LambdaException e) {
      LOG.info("{} could not be called: {}", source.functionArn(), e.text());
      return all;
    }
    if (result.failed()) {
      LOG.warn("{} failed on a batch of {}", source.functionArn(), messages.size());
      return all;
    }
    return source.reportsFailures() ? QueueEvents.reportedFailures(result.json(), all) : Set.of();
  }

  @Override
  public void close() {
    readiness.close();
  }
}
