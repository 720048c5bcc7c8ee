package io.leadloom.states;

/**
 * An API call that was refused, as Step Functions would refuse it: {@link #type()} is the name of
 * the exception on the wire, for example {@code ExecutionDoesNotExist}, and the message is the one
 * a client sees.
 */
public final class StatesException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String type;

  public StatesException(String type, String message) {
    super(message);
    this.type = type;
  }

  /** The name of the exception in the Step Functions API. */
  public String type() {
    return type;
  }

  @Override
  public String getMessage() {
    var message = super.getMessage();
    return message == null ? type : message;
  }
}
