package io.leadloom.model.fault;

import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong, as against a business "no", which is an outcome. Messages hold codes
 * and ids, never names, addresses or message texts.
 */
public abstract sealed class Fault extends RuntimeException
    permits ConflictException,
        ForbiddenException,
        InvalidInputException,
        NotFoundException,
        PermanentException,
        TenantBoundaryException,
        TransientException,
        UnauthenticatedException {

  private final String code;
  private final String message;

  Fault(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.message = message;
  }

  /** A stable, dotted code, such as {@code lead.not-found}. */
  public String code() {
    return code;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
