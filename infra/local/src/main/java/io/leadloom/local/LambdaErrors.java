package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** The error documents that Lambda's Java runtime and Lambda itself write. */
final class LambdaErrors {

  private LambdaErrors() {}

  static byte[] thrown(Throwable thrown) {
    return Json.bytes(describe(thrown));
  }

  static byte[] timedOut(String requestId, Duration timeout) {
    return Json.bytes(
        Json.object()
            .put("errorType", "Sandbox.Timedout")
            .put(
                "errorMessage",
                "RequestId: "
                    + requestId
                    + " Error: Task timed out after "
                    + timeout.toSeconds()
                    + ".00 seconds"));
  }

  static byte[] responseTooLarge(int size, int limit) {
    return Json.bytes(
        Json.object()
            .put("errorType", "Function.ResponseSizeTooLarge")
            .put(
                "errorMessage",
                "Response payload size ("
                    + size
                    + " bytes) exceeded maximum allowed payload size ("
                    + limit
                    + " bytes)."));
  }

  private static ObjectNode describe(Throwable thrown) {
    var error = Json.object();
    if (thrown.getMessage() != null) {
      error.put("errorMessage", thrown.getMessage());
    }
    error.put("errorType", thrown.getClass().getName());
    var trace = error.putArray("stackTrace");
    for (var frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("io.leadloom.local.HandlerInstance")) {
        break;
      }
      trace.add(frame.toString());
    }
    if (thrown.getCause() != null && thrown.getCause() != thrown) {
      error.set("cause", describe(thrown.getCause()));
    }
    return error;
  }
}
