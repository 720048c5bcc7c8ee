package io.leadloom.model.fault;

/** The thing named does not exist for this tenant; the caller acts. Not retried; HTTP 404. */
public final class NotFoundException extends Fault {

  /** See {@link Fault#code()}. */
  public NotFoundException(String code, String message) {
    super(code, message, null);
  }

  /** See {@link Fault#code()}. */
  public NotFoundException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
