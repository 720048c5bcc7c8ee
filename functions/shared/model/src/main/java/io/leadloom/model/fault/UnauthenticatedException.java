package io.leadloom.model.fault;

/** The caller did not prove who it is; it signs in. Not retried; HTTP 401. */
public final class UnauthenticatedException extends Fault {

  /** See {@link Fault#code()}. */
  public UnauthenticatedException(String code, String message) {
    super(code, message, null);
  }
}
