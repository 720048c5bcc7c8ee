package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The error documents that Lambda's Java runtime and Lambda itself write. */
final class LambdaErrors {

  private LambdaErrors() {}

  static byte[] thrown(Throwable thrown) {
    return Json.bytes(describe(thrown));
  }

  static byte[] timedOut(String requestId, String text) {
    return error("Sandbox.Timedout", "RequestId: " + requestId + " Error: " + text);
  }

  static byte[] responseTooLarge(String text) {
    return error("Function.ResponseSizeTooLarge", text);
  }

  private static byte[] error(String type, String message) {
    return Json.bytes(Json.object().put("errorType", type).put("errorMessage", message));
  }

  private static ObjectNode describe(Throwable thrown) {
    var error = Json.object();
    var message = thrown.getLocalizedMessage();
    error.put("errorMessage", message == null ? thrown.getClass().getName() : message);
    error.put("errorType", thrown.getClass().getName());
    var trace = error.putArray("stackTrace");
    for (var frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("io.leadloom.local.HandlerInstance")) {
        break;
      }
      trace.add(frame.toString());
    }
    return error;
  }
}
