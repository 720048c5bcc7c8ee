package io.leadloom.model.fault;

/** It will not work until an operator acts. Not retried; HTTP 500. */
public final class PermanentException extends Fault {

  /** See {@link Fault#code()}. */
  public PermanentException(String code, String message) {
    super(code, message, null);
  }

  /** See {@link Fault#code()}. */
  public PermanentException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
