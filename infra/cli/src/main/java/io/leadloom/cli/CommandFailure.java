package io.leadloom.cli;

/** What went wrong, to which input, and what to do, in a sentence for the user. */
final class CommandFailure extends RuntimeException {

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
