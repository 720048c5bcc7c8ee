package io.leadloom.local;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An invocation that ran and came to no answer. */
final class FailedInvocation extends Exception {

  private static final long serialVersionUID = 1;

  private final byte[] error;
  private final Optional<String> status;

  private FailedInvocation(
      byte[] error, String message, Optional<String> status, @Nullable Throwable thrown) {
    super(message, thrown);
    this.error = error;
    this.status = status;
  }

  static FailedInvocation thrown(Throwable thrown) {
    return new FailedInvocation(
        LambdaErrors.thrown(thrown), String.valueOf(thrown.getMessage()), Optional.empty(), thrown);
  }

  static FailedInvocation timedOut(String requestId, Duration limit) {
    var text = "Task timed out after " + limit.toSeconds() + ".00 seconds";
    return new FailedInvocation(
        LambdaErrors.timedOut(requestId, text), text, Optional.of("timeout"), null);
  }

  static FailedInvocation responseTooLarge(int limit) {
    var text = "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).";
    return new FailedInvocation(LambdaErrors.responseTooLarge(text), text, Optional.empty(), null);
  }

  /** The document that the caller gets. */
  byte[] error() {
    return error;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  /** What the report in the log says of it, if it says anything. */
  Optional<String> status() {
    return status;
  }

  /** What the handler threw; empty when Lambda itself ended the invocation. */
  Optional<Throwable> thrown() {
    return Optional.ofNullable(getCause());
  }
}
