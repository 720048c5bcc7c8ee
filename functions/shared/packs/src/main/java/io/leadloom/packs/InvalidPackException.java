package io.leadloom.packs;

import java.util.List;

/**
 * A pack's file cannot be read or says something that cannot be meant. Whoever wrote the file acts.
 */
public final class InvalidPackException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidPackException(String file, List<String> problems) {
    super(file + ": " + String.join("; ", problems));
  }

  InvalidPackException(String file, Throwable cause) {
    super(file + ": " + cause.getMessage(), cause);
  }
}
