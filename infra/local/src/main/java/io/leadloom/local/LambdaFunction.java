package io.leadloom.local;

import io.leadloom.local.template.FunctionResource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A function with its warm instances. */
final class LambdaFunction {

  /** 6 MB for request and response alike, as AWS counts it. */
  static final int PAYLOAD_LIMIT = 6 * 1024 * 1024 + 100;

  private static final Logger LOG = LoggerFactory.getLogger(LambdaFunction.class);

  private final FunctionResource resource;
  private final ExecutorService threads;
  private final Work work;
  private final @Nullable Semaphore reserved;

  /** The instance used last is taken first, so that few stay warm. */
  private final ConcurrentLinkedDeque<HandlerInstance> warm = new ConcurrentLinkedDeque<>();

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
   * @throws LambdaException when the payload is too large or all reserved instances are busy
   */
  InvocationResult invoke(byte[] payload, String arn) {
    if (payload.length > PAYLOAD_LIMIT) {
      throw LambdaException.tooLarge(payload.length, PAYLOAD_LIMIT);
    }
    if (reserved != null && !reserved.tryAcquire()) {
      throw LambdaException.throttled();
    }
    try (var piece = work.begin()) {
      return run(payload.length == 0 ? Json.bytes(Json.object()) : payload, arn);
    } finally {
      if (reserved != null) {
        reserved.release();
      }
    }
  }

  private InvocationResult run(byte[] payload, String arn) {
    var requestId = UUID.randomUUID().toString();
    var context = new InvocationContext(resource, requestId, arn);
    var running = threads.submit(() -> handle(payload, context));
    try {
      var response = running.get(resource.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (response.length > PAYLOAD_LIMIT) {
        return failure(LambdaErrors.responseTooLarge(response.length, PAYLOAD_LIMIT), requestId);
      }
      return new InvocationResult(response, Optional.empty(), requestId);
    } catch (TimeoutException e) {
      // The instance is not returned to the warm ones: it may still be at work.
      running.cancel(true);
      LOG.warn(
          "{} {} timed out after {} s", resource.name(), requestId, resource.timeout().toSeconds());
      return failure(LambdaErrors.timedOut(requestId, resource.timeout()), requestId);
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      LOG.info("{} {} failed", resource.name(), requestId, cause);
      return failure(LambdaErrors.thrown(cause), requestId);
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      return failure(LambdaErrors.timedOut(requestId, resource.timeout()), requestId);
    }
  }

  private byte[] handle(byte[] payload, InvocationContext context) throws Exception {
    var instance = warm.pollFirst();
    if (instance == null) {
      instance = HandlerInstance.create(resource);
    }
    try {
      return instance.handle(payload, context);
    } finally {
      if (!Thread.currentThread().isInterrupted() && context.getRemainingTimeInMillis() > 0) {
        warm.addFirst(instance);
      }
    }
  }

  private static InvocationResult failure(byte[] error, String requestId) {
    return new InvocationResult(error, Optional.of("Unhandled"), requestId);
  }
}
