package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import io.leadloom.local.template.EventSource;
import io.leadloom.local.template.Names;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.event.ruler.Ruler;

/**
 * Reads a queue for a function, in batches. While the queue may hold something to do, the clock is
 * held.
 *
 * <p>Messages at work are leased for a few real seconds and the lease is renewed, so that a killed
 * process leaves none invisible for long. A message that failed stays invisible for the queue's
 * visibility timeout on the stack's clock.
 */
final class QueueReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration EARLIER_LEASES = LEASE.plusSeconds(1);
  private static final Duration RENEWAL = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration IDLE_LOOK = Duration.ofSeconds(1);
  private static final int RECEIVE_LIMIT = 10;

  private final EventSource.Queue source;
  private final SqsServer server;
  private final String queueUrl;
  private final LambdaService lambda;
  private final StackClock clock;
  private final Work work;
  private final ExecutorService threads;

  /** Receipts of messages that a batch is at work on. */
  private final Set<String> atWork = ConcurrentHashMap.newKeySet();

  /** Receipts of messages that wait for their next attempt. */
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  private final Set<StackClock.Timer> timers = ConcurrentHashMap.newKeySet();

  private final long started = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Work.@Nullable Piece busy;
  private int batches;

  /** Counts what may make another look worth while: messages sent, batches begun and done. */
  private long changes;

  private boolean closed;

  QueueReader(
      EventSource.Queue source,
      SqsServer server,
      LambdaService lambda,
      StackClock clock,
      Work work,
      ExecutorService threads) {
    this.source = source;
    this.server = server;
    this.queueUrl = server.queueUrl(Names.lastPart(source.queueArn()));
    this.lambda = lambda;
    this.clock = clock;
    this.work = work;
    this.threads = threads;
  }

  void start() {
    // Whether an earlier process left messages is not known yet.
    somethingSent();
    threads.execute(this::read);
    threads.execute(this::renewLeases);
  }

  /** Says that the queue may have a message to read. */
  void somethingSent() {
    lock.lock();
    try {
      changes++;
      if (busy == null && !closed) {
        busy = work.begin();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    while (true) {
      try {
        if (!awaitWork()) {
          return;
        }
        readOnce();
      } catch (RuntimeException e) {
        if (isClosed()) {
          return;
        }
        LOG.error("Reading {} failed", queueUrl, e);
        pause(Duration.ofSeconds(1));
      }
    }
  }

  /** Waits until there may be a message, or it is time for a look; false when closed. */
  private boolean awaitWork() {
    lock.lock();
    try {
      var nanos = IDLE_LOOK.toNanos();
      while (!closed && (busy == null ? nanos > 0 : batches >= source.maximumConcurrency())) {
        nanos = changed.awaitNanos(nanos > 0 ? nanos : IDLE_LOOK.toNanos());
      }
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void readOnce() {
    if (isResting()) {
      // A message may have come from another queue's redrive, of which nobody tells.
      if (messagesLeft() > waiting.size()) {
        somethingSent();
      }
      return;
    }
    var seen = changes();
    var messages = receive();
    if (!messages.isEmpty()) {
      changeBatches(1);
      threads.execute(() -> {
        try {
          process(messages);
        } catch (RuntimeException e) {
          if (!isClosed()) {
            LOG.error("A batch of {} failed", queueUrl, e);
          }
        } finally {
          messages.forEach(message -> atWork.remove(receipt(message)));
          changeBatches(-1);
        }
      });
    } else if (!restIfEmpty(seen)) {
      awaitChange(seen);
    }
  }

  private List<JsonNode> receive() {
    var messages = new ArrayList<JsonNode>();
    while (messages.size() < source.batchSize()) {
      var request =
          Json.object()
              .put("QueueUrl", queueUrl)
              .put(
                  "MaxNumberOfMessages",
                  Math.min(RECEIVE_LIMIT, source.batchSize() - messages.size()))
              .put("WaitTimeSeconds", 0)
              .put("VisibilityTimeout", LEASE.toSeconds());
      request.putArray("MessageSystemAttributeNames").add("All");
      request.putArray("MessageAttributeNames").add("All");
      var received = server.call("ReceiveMessage", request).path("Messages");
      if (received.isEmpty()) {
        break;
      }
      received.forEach(message -> {
        atWork.add(receipt(message));
        messages.add(message);
      });
    }
    return messages;
  }

  private void process(List<JsonNode> received) {
    var messages = new ArrayList<JsonNode>();
    var delete = new ArrayList<JsonNode>();
    for (var message : received) {
      (passes(message) ? messages : delete).add(message);
    }
    if (!messages.isEmpty()) {
      var failed = failedIds(messages);
      for (var message : messages) {
        if (failed.contains(message.path("MessageId").asText())) {
          retryLater(message);
        } else {
          delete.add(message);
        }
      }
    }
    for (var message : delete) {
      server.call(
          "DeleteMessage",
          Json.object().put("QueueUrl", queueUrl).put("ReceiptHandle", receipt(message)));
    }
  }

  private boolean passes(JsonNode message) {
    if (source.filters().isEmpty()) {
      return true;
    }
    var event = QueueEvents.filterable(message).toString();
    return source.filters().stream()
        .anyMatch(pattern -> {
          try {
            return Ruler.matchesRule(event, pattern);
          } catch (Exception e) {
            throw new StackException("The filter " + pattern + " is refused", e);
          }
        });
  }

  /** Runs the function; the ids of the messages that it did not get done. */
  private Set<String> failedIds(List<JsonNode> messages) {
    var all = new HashSet<String>();
    messages.forEach(message -> all.add(message.path("MessageId").asText()));
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

  private void retryLater(JsonNode message) {
    var wait = visibilityTimeout();
    var receipt = receipt(message);
    waiting.add(receipt);
    timers.removeIf(timer -> timer.due().isBefore(clock.instant()));
    timers.add(
        clock.schedule(
            clock.instant().plus(wait),
            () -> {
              somethingSent();
              threads.execute(() -> makeVisible(receipt));
            }));
  }

  private void makeVisible(String receipt) {
    // Out of the renewed leases first, or a renewal would hide it again.
    waiting.remove(receipt);
    changeVisibility(receipt, 0);
  }

  private Duration visibilityTimeout() {
    var attributes = attributes("VisibilityTimeout");
    return Duration.ofSeconds(attributes.path("VisibilityTimeout").asLong(30));
  }

  private JsonNode attributes(String... names) {
    var request = Json.object().put("QueueUrl", queueUrl);
    List.of(names).forEach(request.putArray("AttributeNames")::add);
    return server.call("GetQueueAttributes", request).path("Attributes");
  }

  /**
   * Lets the clock go if nothing is left but what waits for the clock itself. Nothing to read and
   * nothing at work means just that, once messages that an earlier process had leased have come
   * back; the queue's own counts lag behind.
   */
  private boolean restIfEmpty(long seen) {
    var left = System.nanoTime() - started < EARLIER_LEASES.toNanos() ? messagesLeft() : 0;
    lock.lock();
    try {
      if (changes != seen || batches > 0 || left > waiting.size() || busy == null) {
        return false;
      }
      busy.close();
      busy = null;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private int messagesLeft() {
    var counts =
        attributes(
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesDelayed",
            "ApproximateNumberOfMessagesNotVisible");
    return counts.path("ApproximateNumberOfMessages").asInt()
        + counts.path("ApproximateNumberOfMessagesDelayed").asInt()
        + counts.path("ApproximateNumberOfMessagesNotVisible").asInt();
  }

  private void renewLeases() {
    while (pause(RENEWAL)) {
      atWork.forEach(this::renewLease);
      waiting.forEach(this::renewLease);
    }
  }

  private void renewLease(String receipt) {
    try {
      changeVisibility(receipt, LEASE.toSeconds());
    } catch (AwsException | UncheckedIOException e) {
      LOG.debug("The lease of {} has ended", receipt, e);
    }
  }

  private void changeVisibility(String receipt, long seconds) {
    server.call(
        "ChangeMessageVisibility",
        Json.object()
            .put("QueueUrl", queueUrl)
            .put("ReceiptHandle", receipt)
            .put("VisibilityTimeout", seconds));
  }

  private void changeBatches(int change) {
    lock.lock();
    try {
      batches += change;
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits a real while; false when the reader is closed. */
  private boolean pause(Duration duration) {
    lock.lock();
    try {
      var nanos = duration.toNanos();
      while (!closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next look, or until something has changed since the last one. */
  private void awaitChange(long seen) {
    lock.lock();
    try {
      var nanos = LOOK.toNanos();
      while (!closed && changes == seen && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      // The reader is being stopped, which its loop sees.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  private boolean isResting() {
    lock.lock();
    try {
      return busy == null;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static String receipt(JsonNode message) {
    return message.path("ReceiptHandle").asText();
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
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    timers.forEach(StackClock.Timer::cancel);
  }
}
