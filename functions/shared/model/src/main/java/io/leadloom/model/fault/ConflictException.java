package io.leadloom.model.fault;

/** Somebody else changed the thing meanwhile; read again and repeat. HTTP 409. */
public final class ConflictException extends Fault {

  /** See {@link Fault#code()}. */
  public ConflictException(String code, String message) {
    super(code, message, null);
  }

  /** See {@link Fault#code()}. */
  public ConflictException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
