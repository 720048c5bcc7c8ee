package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a function answered.
 *
 * @param payload the JSON it returned, or the description of its error
 * @param functionError {@code Unhandled} when the function failed
 * @param requestId of the invocation
 * @param version of the function that ran
 * @param logTail the end of the log
 */
record InvocationResult(
    byte[] payload,
    Optional<String> functionError,
    String requestId,
    String version,
    byte[] logTail) {

  /** A result that nobody asks more of. */
  InvocationResult(byte[] payload, Optional<String> functionError, String requestId) {
    this(payload, functionError, requestId, LambdaFunction.LATEST, new byte[0]);
  }

  boolean failed() {
    return functionError.isPresent();
  }

  JsonNode json() {
    return Json.parse(payload);
  }
}
