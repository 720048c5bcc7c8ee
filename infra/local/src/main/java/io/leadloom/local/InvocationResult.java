package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a function answered.
 *
 * @param payload the JSON it returned, or the description of its error
 * @param functionError {@code Unhandled} when the function failed
 * @param requestId of the invocation
 */
record InvocationResult(byte[] payload, Optional<String> functionError, String requestId) {

  boolean failed() {
    return functionError.isPresent();
  }

  JsonNode json() {
    return Json.parse(payload);
  }
}
