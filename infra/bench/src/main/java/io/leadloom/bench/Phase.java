package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/** Some time with the same load, and what the quiet tenants waited for in it. */
final class Phase {

  /** For so long every lead waits for further signals of its company. */
  private static final Duration GATHERING = Duration.ofSeconds(10);

  private static final int TOO_MANY = 429;
  private static final long PAUSE_NANOS = 200_000_000;

  private final Product product;
  private final Crowd crowd;
  private final List<Caller> quiet;
  private final Caller noisy;
  private final Map<Measure, Times> times = new EnumMap<>(Measure.class);
  private final Queue<Begun> leads = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger unsettled = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger brought = new AtomicInteger();

  /** A lead on its way, and when the request that brought it was due. */
  private record Begun(String lead, Instant due) {}

  Phase(Product product, Crowd crowd, List<Caller> quiet, Caller noisy) {
    this.product = product;
    this.crowd = crowd;
    this.quiet = quiet;
    this.noisy = noisy;
    for (var measure : Measure.values()) {
      times.put(measure, new Times());
    }
  }

  Times times(Measure measure) {
    return times.getOrDefault(measure, new Times());
  }

  /** Sends the load of so much time, and waits for the answers. */
  void run(Duration length, boolean noise, int rows) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var loops = new ArrayList<Future<?>>();
      for (var i = 0; i < quiet.size(); i++) {
        var caller = quiet.get(i);
        var first = (double) i / quiet.size();
        loops.add(
            threads.submit(() ->
                OpenLoop.run(
                    crowd.perSecond(), first, length, threads, due -> quietly(caller, due))));
      }
      if (noise) {
        loops.add(threads.submit(() -> makeNoise(length, threads)));
      }
      if (rows > 0) {
        threads.execute(() -> bring(rows));
      }
      // Closing the threads takes no more requests, and waits for the answers.
      loops.forEach(Phase::await);
    }
  }

  private static void await(Future<?> loop) {
    try {
      loop.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Requests could not be sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while requests were sent", e);
    }
  }

  private void makeNoise(Duration length, ExecutorService threads) {
    OpenLoop.run(
        crowd.perSecond() * crowd.times(),
        0.5,
        length,
        threads,
        due -> {
          var answer = noisy.next();
          sent.incrementAndGet();
          if (answer.status() == TOO_MANY) {
            refused.incrementAndGet();
          } else if (!answer.lead().isEmpty()) {
            brought.incrementAndGet();
          }
        });
  }

  /** Begins the import; while requests are refused, it comes back as the answer told it to. */
  private void bring(int rows) {
    while (noisy.bring(rows).status() == TOO_MANY) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void quietly(Caller caller, long due) {
    var answer = caller.next();
    var nanos = System.nanoTime() - due;
    if (!answer.succeeded()) {
      failed.incrementAndGet();
    }
    times(answer.what()).add(nanos);
    if (!answer.lead().isEmpty()) {
      leads.add(new Begun(answer.lead(), Instant.now().minusNanos(nanos)));
    }
  }

  /**
   * Waits until the leads of the quiet tenants are where they wait for a person, or ended without;
   * those that are not in time count with the time that they had.
   */
  void settle(Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    try (var aws = new AwsCalls(product.aws())) {
      for (var lead : leads) {
        while (!isSettled(aws, lead)) {
          if (System.nanoTime() > deadline) {
            unsettled.incrementAndGet();
            times(Measure.DRAFT).add(Duration.between(lead.due(), Instant.now()).toNanos());
            break;
          }
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private boolean isSettled(AwsCalls aws, Begun lead) {
    var request =
        StatesClient.object()
            .put(
                "executionArn",
                product.lifecycle().replace(":stateMachine:", ":execution:") + ":" + lead.lead())
            .put("maxResults", 1000)
            .put("includeExecutionData", false);
    var events = aws.call("GetExecutionHistory", request).path("events");
    var waiting = first(events, "TaskSubmitted");
    waiting.ifPresent(seconds -> {
      var nanos = (long) (seconds * 1e9) - nanos(lead.due()) - GATHERING.toNanos();
      times(Measure.DRAFT).add(nanos);
    });
    return waiting.isPresent() || first(events, "ExecutionSucceeded").isPresent();
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }

  private static OptionalDouble first(JsonNode events, String type) {
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.path("type").asText().equals(type))
        .mapToDouble(event -> event.path("timestamp").asDouble())
        .findFirst();
  }

  String summary() {
    var all = times.values().stream().mapToInt(Times::count).sum() - times(Measure.DRAFT).count();
    return "quiet: %,d requests, %d failed; %d leads, %d with a draft, %d not in time; noisy: %,d requests, %,d refused with 429, %,d leads"
        .formatted(
            all,
            failed.get(),
            leads.size(),
            times(Measure.DRAFT).count() - unsettled.get(),
            unsettled.get(),
            sent.get(),
            refused.get(),
            brought.get());
  }
}
