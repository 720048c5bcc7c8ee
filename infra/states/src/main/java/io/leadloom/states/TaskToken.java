package io.leadloom.states;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Finds the task that a token belongs to. */
record TaskToken(Execution execution, Frame frame) {

  /**
   * The waiting task of a token, or null when it is over.
   *
   * @throws StatesException {@code InvalidToken} for a text that never was a token
   */
  static @Nullable TaskToken find(ExecutionIndex executions, String token) {
    long sequence;
    int id;
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      var parts = text.split("\\.");
      if (parts.length != 5) {
        throw invalid(null);
      }
      sequence = Long.parseLong(parts[0]);
      id = Integer.parseInt(parts[1]);
    } catch (IllegalArgumentException e) {
      throw invalid(e);
    }
    var execution = executions.running(sequence);
    var frame = execution == null ? null : execution.frames.get(id);
    if (execution == null
        || frame == null
        || frame.work == null
        || !frame.work.token.equals(token)
        || !Tasks.takesToken(frame)) {
      return null;
    }
    return new TaskToken(execution, frame);
  }

  private static StatesException invalid(@Nullable Exception cause) {
    var refusal = new StatesException("InvalidToken", "Invalid Token: 'Invalid token'");
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }
}
