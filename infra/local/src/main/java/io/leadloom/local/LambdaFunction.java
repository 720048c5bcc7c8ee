package io.leadloom.local;

import io.leadloom.local.template.FunctionResource;
import java.io.IOError;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A function with its warm instances. Durations are real time, whatever the stack's clock says. */
final class LambdaFunction {

  static final String LATEST = "$LATEST";

  /** The version behind the alias; on one machine there is never a second one. */
  static final String PUBLISHED = "1";

  static final int REQUEST_LIMIT = 6 * 1024 * 1024;

  /** AWS grants responses 100 bytes more. */
  static final int RESPONSE_LIMIT = REQUEST_LIMIT + 100;

  /** Lambda gives a new instance so long, and then once more the timeout of the function. */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LambdaFunction.class);

  private final FunctionResource resource;
  private final ExecutorService threads;
  private final Work work;
  private final @Nullable Semaphore reserved;

  /** The instance used last is taken first, so that few stay warm. */
  private final ConcurrentLinkedDeque<WarmInstance> warm = new ConcurrentLinkedDeque<>();

  LambdaFunction(FunctionResource resource, ExecutorService threads, Work work) {
    this.resource = resource;
    this.threads = threads;
    this.work = work;
    this.reserved = resource.reservedConcurrency().map(Semaphore::new).orElse(null);
  }

  FunctionResource resource() {
    return resource;
  }

  /**
   * Runs the function and waits for its answer.
   *
   * @param arn as the caller wrote it, with or without a qualifier
   * @throws LambdaException when the payload is too large or all reserved instances are busy
   */
  InvocationResult invoke(byte[] payload, String arn, String version) {
    if (payload.length > REQUEST_LIMIT) {
      throw LambdaException.tooLarge(REQUEST_LIMIT);
    }
    if (reserved != null && !reserved.tryAcquire()) {
      throw LambdaException.throttled();
    }
    try (var piece = work.begin()) {
      return run(payload.length == 0 ? Json.bytes(Json.object()) : payload, arn, version);
    } finally {
      if (reserved != null) {
        reserved.release();
      }
    }
  }

  private InvocationResult run(byte[] payload, String arn, String version) {
    var requestId = UUID.randomUUID().toString();
    var log = new InvocationLog(resource, requestId);
    log.start(version);
    var init = Optional.<Duration>empty();
    var started = System.nanoTime();
    try {
      var instance = warm.pollFirst();
      if (instance == null) {
        instance = await(startLimit(), requestId, () -> WarmInstance.start(resource, version));
        init = Optional.of(since(started));
        started = System.nanoTime();
      }
      var context =
          new InvocationContext(resource, requestId, arn, version, instance.logStream(), log);
      var response = handle(instance, payload, context, log);
      log.end(since(started), init, Optional.empty());
      return new InvocationResult(response, Optional.empty(), requestId, version, log.tail());
    } catch (FailedInvocation failure) {
      failure.thrown().ifPresentOrElse(log::thrown, () -> log.line(failure.text()));
      log.end(since(started), init, failure.status());
      return new InvocationResult(
          failure.error(), Optional.of("Unhandled"), requestId, version, log.tail());
    }
  }

  private byte[] handle(
      WarmInstance instance, byte[] payload, InvocationContext context, InvocationLog log)
      throws FailedInvocation {
    byte[] response;
    try {
      response =
          await(
              resource.timeout(),
              context.getAwsRequestId(),
              () -> {
                log.follow();
                MDC.put("AWSRequestId", context.getAwsRequestId());
                return instance.handler().handle(payload, context);
              });
      warm.addFirst(instance);
    } catch (FailedInvocation failure) {
      // An instance that timed out may still be at work, and one whose JVM failed would be gone.
      if (failure.thrown().filter(LambdaFunction::sparesTheInstance).isPresent()) {
        warm.addFirst(instance);
      }
      throw failure;
    }
    if (response.length > RESPONSE_LIMIT) {
      throw FailedInvocation.responseTooLarge(RESPONSE_LIMIT);
    }
    return response;
  }

  /** Runs code of the function on a thread of its own. */
  private <T> T await(Duration limit, String requestId, Callable<T> code) throws FailedInvocation {
    var running = threads.submit(code);
    try {
      return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      LOG.warn("{} {} timed out after {} s", resource.name(), requestId, limit.toSeconds());
      throw FailedInvocation.timedOut(requestId, limit);
    } catch (ExecutionException e) {
      throw FailedInvocation.thrown(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw FailedInvocation.timedOut(requestId, limit);
    }
  }

  private Duration startLimit() {
    return INIT_LIMIT.plus(resource.timeout());
  }

  private static boolean sparesTheInstance(Throwable thrown) {
    return !(thrown instanceof VirtualMachineError || thrown instanceof IOError);
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
