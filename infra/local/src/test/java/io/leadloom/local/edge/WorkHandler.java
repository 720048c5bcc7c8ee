package io.leadloom.local.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the request's {@code do} asks for, and tells which of its instances did it. */
public final class WorkHandler implements RequestStreamHandler {

  /** Two requests have to be at work at once to get past it. */
  public static final CyclicBarrier MEETING = new CyclicBarrier(2);

  /** Has come down when a request is held. */
  public static final CountDownLatch HELD = new CountDownLatch(1);

  /** Lets the held request go. */
  public static final CountDownLatch RELEASE = new CountDownLatch(1);

  private static final Logger LOG = LoggerFactory.getLogger(WorkHandler.class);
  private static final AtomicInteger INSTANCES = new AtomicInteger();

  private final ObjectMapper json = new ObjectMapper();
  private final int instance = INSTANCES.incrementAndGet();
  private int served;

  /** Called by the stack. */
  public WorkHandler() {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var request = json.readTree(input);
    served++;
    var answer = json.createObjectNode().put("instance", instance).put("served", served);
    try {
      switch (request.path("do").asText(request.at("/stageVariables/colour").asText())) {
        case "tell" ->
            answer
                .put("name", context.getFunctionName())
                .put("version", context.getFunctionVersion())
                .put("arn", context.getInvokedFunctionArn())
                .put("memory", context.getMemoryLimitInMB())
                .put("group", context.getLogGroupName())
                .put("stream", context.getLogStreamName())
                .put("remaining", context.getRemainingTimeInMillis());
        case "log" -> {
          context.getLogger().log("by the context\n");
          LOG.info("by the logger");
        }
        case "fill" -> answer.put("filler", "x".repeat(request.path("size").asInt()));
        case "meet" -> MEETING.await(20, TimeUnit.SECONDS);
        case "hold" -> {
          HELD.countDown();
          RELEASE.await(20, TimeUnit.SECONDS);
        }
        case "hang", "blue" -> new CountDownLatch(1).await();
        case "break" -> throw new StackOverflowError("too deep");
        case "refuse" -> throw new IllegalStateException("not today");
        case "slip" -> throw new NullPointerException();
        default -> {}
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.TimeoutException
        | java.util.concurrent.BrokenBarrierException e) {
      throw new IOException("nobody came", e);
    }
    output.write(json.writeValueAsBytes(answer));
  }
}
