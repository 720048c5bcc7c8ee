package io.leadloom.model.fault;

/** It may work in a while; retried with backoff. HTTP 503. */
public final class TransientException extends Fault {

  /** See {@link Fault#code()}. */
  public TransientException(String code, String message) {
    super(code, message, null);
  }

  /** See {@link Fault#code()}. */
  public TransientException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
