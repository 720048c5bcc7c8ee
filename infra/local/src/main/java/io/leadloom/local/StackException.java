package io.leadloom.local;

import org.jspecify.annotations.Nullable;

/** The stack cannot start. The message says what to do. */
public final class StackException extends RuntimeException {

  private static final long serialVersionUID = 1;

  StackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
