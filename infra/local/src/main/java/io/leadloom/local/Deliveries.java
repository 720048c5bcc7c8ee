package io.leadloom.local;

import io.leadloom.clock.StackClock;
import io.leadloom.local.template.FunctionResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asynchronous deliveries, as Lambda and EventBridge make them: accepted first, then made at least
 * once. EventBridge hands over to a target as the target's retry policy says; Lambda tries a
 * function that fails again after one and two minutes; each has its own dead-letter queue. An
 * accepted delivery survives the end of the process.
 */
final class Deliveries implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int RETRIES = 2;

  /** How long the end of the stack waits for attempts that are under way. */
  private static final Duration LAST_ATTEMPTS = Duration.ofSeconds(5);

  private final StackStore store;
  private final Map<String, String> pending;
  private final StackClock clock;
  private final Work work;
  private final ExecutorService threads;
  private final LambdaService lambda;
  private final QueueActions queues;
  private final JsonApi states;
  private final Faults faults;
  private final Set<StackClock.Timer> timers = ConcurrentHashMap.newKeySet();
  private final Phaser attempts = new Phaser(1);

  private volatile boolean closed;

  Deliveries(
      StackStore store,
      StackClock clock,
      Work work,
      ExecutorService threads,
      LambdaService lambda,
      QueueActions queues,
      JsonApi states,
      Faults faults) {
    this.store = store;
    this.pending = store.map("deliveries");
    this.clock = clock;
    this.work = work;
    this.threads = threads;
    this.lambda = lambda;
    this.queues = queues;
    this.states = states;
    this.faults = faults;
  }

  /** Takes up the deliveries of an earlier process. */
  void start() {
    for (var text : Set.copyOf(pending.values())) {
      schedule(read(text));
    }
  }

  /** Accepts a delivery; on return it is as good as made. */
  void deliver(Delivery delivery) {
    var arn = delivery.targetArn();
    if (arn.contains(":lambda:")) {
      deliver(delivery, "lambda", lambda.find(arn).resource().name());
    } else {
      accept(delivery, Duration.ZERO);
    }
  }

  /** Accepts an event for a target of a rule. */
  void deliverEvent(Delivery delivery) {
    deliver(delivery, "events", "");
  }

  private void deliver(Delivery delivery, String service, String function) {
    accept(delivery, faults.lateness(service, function));
    if (faults.strikes(service, function, FaultRule.Kind.DUPLICATE)) {
      accept(delivery.again(), Duration.ZERO);
    }
  }

  private void accept(Delivery delivery, Duration late) {
    if (late.isZero()) {
      enqueue(delivery);
      store.commit();
      run(delivery);
    } else {
      var later = delivery.dueAt(clock.instant().plus(late));
      enqueue(later);
      store.commit();
      schedule(later);
    }
  }

  /** Writes a delivery down; the caller commits, then calls {@link #run}. */
  void enqueue(Delivery delivery) {
    pending.put(delivery.id(), new String(Json.bytes(delivery), StandardCharsets.UTF_8));
  }

  void run(Delivery delivery) {
    var piece = work.begin();
    attempts.register();
    threads.execute(() -> {
      try (piece) {
        if (!closed) {
          attempt(delivery);
        }
      } catch (RuntimeException e) {
        // It stays in the store, and the next start of the stack takes it up.
        if (!closed) {
          LOG.error("The delivery {} to {} broke off", delivery.id(), delivery.targetArn(), e);
        }
      } finally {
        attempts.arriveAndDeregister();
      }
    });
  }

  private void attempt(Delivery delivery) {
    var handover = delivery.handover();
    if (handover != null) {
      handOver(delivery, handover);
      return;
    }
    var arn = delivery.targetArn();
    try {
      if (arn.contains(":lambda:")) {
        invoke(delivery);
      } else {
        send(delivery);
        done(delivery);
      }
    } catch (AwsException | LambdaException e) {
      failed(delivery, RETRIES, String.valueOf(e.getMessage()), Optional.empty());
    }
  }

  private void handOver(Delivery delivery, Handover handover) {
    try {
      if (delivery.targetArn().contains(":lambda:")) {
        lambda.find(delivery.targetArn());
        var accepted = delivery.handedOver();
        enqueue(accepted);
        store.commit();
        attempt(accepted);
      } else {
        var service = delivery.targetArn().split(":")[2];
        faults.around(
            service,
            () -> {
              send(delivery);
              return delivery;
            });
        done(delivery);
      }
    } catch (LambdaException e) {
      notHandedOver(delivery, handover, new AwsException(e.type(), e.status(), e.text()));
    } catch (AwsException e) {
      notHandedOver(delivery, handover, e);
    }
  }

  private void notHandedOver(Delivery delivery, Handover handover, AwsException failure) {
    switch (handover.after(failure, delivery.attempts(), clock.instant())) {
      case Handover.Verdict.Retry(var due) -> retryAt(delivery, due);
      case Handover.Verdict.GiveUp(var exhausted) -> {
        LOG.warn(
            "Given up after {} attempts: {} to {}: {}",
            delivery.attempts() + 1,
            delivery.id(),
            delivery.targetArn(),
            failure.text());
        bury(delivery, handover, failure, exhausted);
        done(delivery);
      }
    }
  }

  private void bury(
      Delivery delivery, Handover handover, AwsException failure, Optional<String> exhausted) {
    if (handover.deadLetterArn() == null) {
      return;
    }
    var attributes = new TreeMap<String, String>();
    attributes.put(handover.origin(), handover.originArn());
    attributes.put("TARGET_ARN", delivery.targetArn());
    attributes.put("ERROR_CODE", Handover.errorCode(failure));
    attributes.put("ERROR_MESSAGE", failure.text());
    attributes.put("RETRY_ATTEMPTS", Integer.toString(delivery.attempts()));
    exhausted.ifPresent(limit -> attributes.put("EXHAUSTED_RETRY_CONDITION", limit));
    try {
      queues.send(handover.deadLetterArn(), delivery.payload(), attributes);
    } catch (AwsException e) {
      LOG.warn("The dead letter {} is lost: {}", delivery.id(), e.text());
    }
  }

  private void send(Delivery delivery) {
    var arn = delivery.targetArn();
    if (arn.contains(":sqs:")) {
      queues.send(arn, delivery.payload(), Optional.ofNullable(delivery.messageGroupId()));
    } else if (arn.contains(":states:")) {
      start(delivery);
    } else {
      throw new AwsException(
          "InvalidArgument",
          "The local stack delivers to functions, queues and state machines, not to " + arn);
    }
  }

  /** The name makes a repetition, after a crash or a lost answer, the same execution. */
  private void start(Delivery delivery) {
    try {
      states.call(
          "StartExecution",
          Json.object()
              .put("stateMachineArn", delivery.targetArn())
              .put("name", delivery.id())
              .put("input", delivery.payload()));
    } catch (AwsException e) {
      if (!e.type().equals("ExecutionAlreadyExists")) {
        throw e;
      }
    }
  }

  private void invoke(Delivery delivery) {
    var function = lambda.find(delivery.targetArn()).resource();
    InvocationResult result;
    try {
      result = lambda.invoke(delivery.targetArn(), Json.bytes(Json.parse(delivery.payload())));
    } catch (LambdaException e) {
      if (e.status() != 429 && e.status() < 500) {
        throw e;
      }
      // What Lambda itself did wrong is tried again for hours, whatever the retries are.
      retry(delivery, Duration.ofSeconds(1));
      return;
    }
    if (result.failed()) {
      var error = new String(result.payload(), StandardCharsets.UTF_8);
      failed(delivery, function.async().retries(), error, Optional.of(function));
    } else {
      function
          .async()
          .onSuccessArn()
          .ifPresent(arn -> report(arn, delivery, "Success", result, function));
      done(delivery);
    }
  }

  private void failed(
      Delivery delivery, int retries, String error, Optional<FunctionResource> function) {
    if (delivery.attempts() < retries) {
      retry(delivery, Duration.ofMinutes(delivery.attempts() + 1L));
      return;
    }
    LOG.warn(
        "Given up after {} attempts: {} to {}: {}",
        delivery.attempts() + 1,
        delivery.id(),
        delivery.targetArn(),
        error);
    function
        .flatMap(f -> f.async().onFailureArn().map(arn -> Map.entry(f, arn)))
        .ifPresent(both ->
            report(
                both.getValue(),
                delivery,
                "RetriesExhausted",
                new InvocationResult(
                    error.getBytes(StandardCharsets.UTF_8),
                    Optional.of("Unhandled"),
                    delivery.id()),
                both.getKey()));
    function
        .flatMap(f -> f.async().deadLetterArn())
        .ifPresent(arn -> deliver(Delivery.to(arn, delivery.payload())));
    done(delivery);
  }

  /** Sends the record that Lambda makes of an asynchronous invocation for a destination. */
  private void report(
      String destination,
      Delivery delivery,
      String condition,
      InvocationResult result,
      FunctionResource function) {
    var report = Json.object();
    report.put("version", "1.0");
    report.put("timestamp", clock.instant().toString());
    report
        .putObject("requestContext")
        .put("requestId", delivery.id())
        .put("functionArn", function.arn() + ":$LATEST")
        .put("condition", condition)
        .put("approximateInvokeCount", delivery.attempts() + 1);
    report.set("requestPayload", Json.parse(delivery.payload()));
    var context = report.putObject("responseContext").put("statusCode", 200);
    context.put("executedVersion", "$LATEST");
    result.functionError().ifPresent(error -> context.put("functionError", error));
    report.set("responsePayload", result.json());
    deliver(Delivery.to(destination, report.toString()));
  }

  private void retry(Delivery delivery, Duration wait) {
    retryAt(delivery, clock.instant().plus(wait));
  }

  private void retryAt(Delivery delivery, Instant due) {
    var next = delivery.retryAt(due);
    enqueue(next);
    store.commit();
    schedule(next);
  }

  private void schedule(Delivery delivery) {
    timers.removeIf(timer -> timer.due().isBefore(clock.instant()));
    timers.add(clock.schedule(delivery.dueAt(), () -> run(delivery)));
  }

  private void done(Delivery delivery) {
    pending.remove(delivery.id());
    store.commit();
  }

  private static Delivery read(String text) {
    try {
      return Json.MAPPER.readValue(text, Delivery.class);
    } catch (IOException e) {
      throw new StackException("A delivery in the store cannot be read: " + text, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    timers.forEach(StackClock.Timer::cancel);
    try {
      attempts.awaitAdvanceInterruptibly(
          attempts.arrive(), LAST_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.info("Deliveries are under way still; the next start of the stack makes them again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
