package io.leadloom.states;

/**
 * A service's refusal to do what a Task asked for. The state machine sees {@link #error()} in its
 * {@code Retry} and {@code Catch} rules and passes {@link #cause()} on.
 */
public final class TaskFailedException extends Exception {

  private static final long serialVersionUID = 1;

  private final String error;
  private final String cause;

  /**
   * @param error the error name, for example {@code Lambda.TooManyRequestsException}
   * @param cause the text for people, often a JSON document
   */
  public TaskFailedException(String error, String cause) {
    super(error + ": " + cause);
    this.error = error;
    this.cause = cause;
  }

  public String error() {
    return error;
  }

  public String cause() {
    return cause;
  }
}
