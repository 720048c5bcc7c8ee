package io.leadloom.local.toy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.concurrent.CountDownLatch;

/** Adds two numbers; refuses a negative one, and never comes back from a zero. */
public final class AddHandler implements RequestHandler<AddHandler.Request, AddHandler.Response> {

  /** What to add. */
  public record Request(int left, int right) {}

  /** The sum, and who worked it out. */
  public record Response(int sum, String function, String requestId) {}

  /** Called by the stack. */
  public AddHandler() {}

  @Override
  public Response handleRequest(Request request, Context context) {
    if (request.left() < 0) {
      throw new IllegalArgumentException("left is negative: " + request.left());
    }
    if (request.left() == 0) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return new Response(
        request.left() + request.right(), context.getFunctionName(), context.getAwsRequestId());
  }
}
