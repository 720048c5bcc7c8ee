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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What is received and waits for the batch to fill. */
  private final List<StoredMessage> gathered = new ArrayList<>();

  private StackClock.@Nullable Timer windowEnd;
  private Work.@Nullable Piece busy;
  private int batches;
  private boolean mayHoldMore = true;
  private boolean closed;

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
    this.threads = threads;
  }

  void start() {
    queues.onArrival(queue, this::wake);
    wake();
    threads.execute(this::read);
  }

  /** Says that the queue may have a message to read, or a batch may be due. */
  private void wake() {
    lock.lock();
    try {
      mayHoldMore = true;
      if (busy == null && !closed) {
        busy = work.begin();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    while (awaitWork()) {
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
        if (!isClosed()) {
          LOG.error("Reading {} failed", queue, e);
        }
      }
    }
  }

  /** Waits until there may be something to do and a free place for a batch; false when closed. */
  private boolean awaitWork() {
    lock.lock();
    try {
      while (!closed && (!mayHoldMore || batches >= source.maximumConcurrency())) {
        rest();
        changed.await();
      }
      mayHoldMore = false;
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the clock go if nothing is left but what is at work or waits for the clock itself. */
  private void rest() {
    if (busy != null && !mayHoldMore) {
      busy.close();
      busy = null;
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
    lock.lock();
    try {
      gathered.addAll(received);
      if (!received.isEmpty()) {
        // Others may lie behind those, and another batch may have room for them.
        mayHoldMore = true;
      }
      if (gathered.isEmpty() || gathered.size() < source.batchSize() && !windowIsOver()) {
        return List.of();
      }
      var batch = List.copyOf(gathered);
      gathered.clear();
      if (windowEnd != null) {
        windowEnd.cancel();
        windowEnd = null;
      }
      batches++;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the batch is to wait no longer; its first message opens the window. */
  private boolean windowIsOver() {
    if (source.window().isZero()) {
      return true;
    }
    if (windowEnd == null) {
      Instant end = clock.instant().plus(source.window());
      windowEnd = clock.schedule(end, this::wake);
      return false;
    }
    return !windowEnd.due().isAfter(clock.instant());
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
      if (!isClosed()) {
        LOG.error("A batch of {} failed", queue, e);
      }
    } finally {
      endBatch();
    }
  }

  private void endBatch() {
    lock.lock();
    try {
      batches--;
      // In a FIFO queue the group is free again; elsewhere a place for a batch is.
      wake();
    } finally {
      lock.unlock();
    }
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

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (busy != null) {
        busy.close();
        busy = null;
      }
      if (windowEnd != null) {
        windowEnd.cancel();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
