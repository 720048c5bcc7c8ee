package io.leadloom.model.fault;

/** The caller may not do this; somebody with a higher role does, or gives it. HTTP 403. */
public final class ForbiddenException extends Fault {

  /** See {@link Fault#code()}. */
  public ForbiddenException(String code, String message) {
    super(code, message, null);
  }
}
