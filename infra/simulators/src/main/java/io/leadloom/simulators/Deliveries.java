package io.leadloom.simulators;

import io.leadloom.clock.StackClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings reactions to the product when they are due by the clock, and again with growing delay
 * until they are acknowledged. The clock is held while one is under way.
 */
final class Deliveries implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /** Postmark's, which is close to what Svix does for Resend. */
  private static final List<Duration> RETRIES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6));

  /** How long to wait, in real time, for a product that is not there yet. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int UNREACHABLE = 0;

  private final StackClock clock;
  private final World world;
  private final Faults faults;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** One after the other, so that what is overdue after a restart still comes in its order. */
  private final ExecutorService line =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("deliveries").factory());

  private final AtomicInteger underWay = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);

  Deliveries(StackClock clock, World world, Faults faults) {
    this.clock = clock;
    this.world = world;
    this.faults = faults;
  }

  /** Sees to those that were not acknowledged yet. */
  void schedule(List<Reaction> reactions) {
    for (var reaction : reactions) {
      if (!world.isDone(reaction.id())) {
        schedule(reaction, reaction.due(), 0);
      }
    }
  }

  /** Whether none is under way at this moment. */
  boolean idle() {
    return underWay.get() == 0;
  }

  @Override
  public void close() {
    closing.countDown();
    http.shutdownNow();
    // What was just acknowledged is still written down.
    line.close();
  }

  private void schedule(Reaction reaction, Instant due, int attempt) {
    clock.schedule(due, () -> start(reaction, attempt));
  }

  /** Called on the clock's own thread, which must not wait for an answer. */
  private void start(Reaction reaction, int attempt) {
    if (isClosing()) {
      return;
    }
    var hold = clock.hold();
    underWay.incrementAndGet();
    line.execute(() -> {
      try (hold) {
        attempt(reaction, attempt);
      } finally {
        underWay.decrementAndGet();
      }
    });
  }

  private void attempt(Reaction reaction, int attempt) {
    if (isClosing()) {
      return;
    }
    var fault = faults.webhook(reaction);
    if (fault == WebhookFault.LATE) {
      schedule(reaction, clock.instant().plus(WebhookFault.LATENESS), attempt);
      return;
    }
    var status = post(reaction, fault);
    if (fault == WebhookFault.DUPLICATE) {
      status = post(reaction, WebhookFault.NONE);
    }
    if (isClosing()) {
      return;
    }
    if (status / 100 == 2 || attempt == RETRIES.size() || (status == 403 && isPostmark(reaction))) {
      if (status / 100 != 2) {
        LOG.warn("{} {} was given up with status {}", reaction.type(), reaction.id(), status);
      }
      world.record(new Happening.ReactionDone(reaction.id(), clock.instant(), status));
    } else {
      schedule(reaction, clock.instant().plus(RETRIES.get(attempt)), attempt + 1);
    }
  }

  /** Postmark takes a 403 as the wish not to be asked again. */
  private static boolean isPostmark(Reaction reaction) {
    return reaction.provider().equals("postmark");
  }

  /** The status of the product's answer, or 0 if there is none. */
  private int post(Reaction reaction, WebhookFault fault) {
    var giveUp = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        try {
          return http.send(request(reaction, fault), BodyHandlers.discarding()).statusCode();
        } catch (ConnectException e) {
          // A product that is just starting is no matter of the clock of the stack.
          if (System.nanoTime() > giveUp || closing.await(100, TimeUnit.MILLISECONDS)) {
            LOG.warn("{} cannot be reached for {}", reaction.target().getHost(), reaction.type());
            return UNREACHABLE;
          }
        }
      }
    } catch (IOException e) {
      return UNREACHABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNREACHABLE;
    }
  }

  private HttpRequest request(Reaction reaction, WebhookFault fault) {
    var request =
        HttpRequest.newBuilder(reaction.target())
            .timeout(Duration.ofSeconds(15))
            .header("Content-Type", reaction.contentType())
            .POST(BodyPublishers.ofByteArray(reaction.body()));
    switch (reaction.proof()) {
      case Reaction.Proof.Signed(var secret) -> {
        var seconds = clock.instant().getEpochSecond();
        if (fault == WebhookFault.STALE) {
          seconds -= WebhookFault.STALENESS.toSeconds();
        }
        var signature = StandardWebhooks.sign(secret, reaction.id(), seconds, reaction.body());
        if (fault == WebhookFault.BAD_SIGNATURE) {
          signature = StandardWebhooks.sign(secret, "msg_other", seconds, reaction.body());
        }
        request
            .header("svix-id", reaction.id())
            .header("svix-timestamp", Long.toString(seconds))
            .header("svix-signature", signature);
      }
      case Reaction.Proof.Password(var user, var password) -> {
        var sent = fault == WebhookFault.BAD_SIGNATURE ? "wrong" : password;
        var pair = (user + ":" + sent).getBytes(StandardCharsets.UTF_8);
        request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      }
      case Reaction.Proof.None() -> {}
    }
    return request.build();
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }
}
