package io.leadloom.model.fault;

/** The caller sent something that can never work; the caller acts. Not retried; HTTP 400. */
public final class InvalidInputException extends Fault {

  /** See {@link Fault#code()}. */
  public InvalidInputException(String code, String message) {
    super(code, message, null);
  }

  /** See {@link Fault#code()}. */
  public InvalidInputException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
