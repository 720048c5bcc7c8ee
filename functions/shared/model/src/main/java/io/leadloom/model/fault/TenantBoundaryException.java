package io.leadloom.model.fault;

/** A tenant reached for another's data; an operator looks at once. HTTP 404. */
public final class TenantBoundaryException extends Fault {

  /** See {@link Fault#code()}. */
  public TenantBoundaryException(String code, String message) {
    super(code, message, null);
  }

  /** See {@link Fault#code()}. */
  public TenantBoundaryException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
