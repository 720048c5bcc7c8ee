package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Whether a request may go on to the function of its route. */
sealed interface Admission {

  /**
   * @param authorizer what the function is told as {@code requestContext.authorizer}
   */
  record Admitted(Optional<ObjectNode> authorizer) implements Admission {}

  /** What the client is answered instead. */
  record Refused(int status, String message, Map<String, String> headers) implements Admission {}

  static Admission refused(int status, String message) {
    return new Refused(status, message, Map.of());
  }
}
