package io.leadloom.lifecycle;

import java.util.Locale;

/** Reason codes of failed leads, from the names of errors as a state machine reports them. */
final class FaultReason {

  private static final String OURS = "io.leadloom.model.fault.";
  private static final String ENGINE = "States.";

  private FaultReason() {}

  /**
   * {@code fault.permanent} for our PermanentException, {@code fault.timeout} for {@code
   * States.Timeout}, and {@code fault.unexpected} for anything that is neither ours nor the
   * engine's.
   */
  static String of(String error) {
    if (error.startsWith(OURS)) {
      return "fault." + words(error.substring(OURS.length()).replaceFirst("Exception$", ""));
    }
    if (error.startsWith(ENGINE)) {
      return "fault." + words(error.substring(ENGINE.length()));
    }
    return "fault.unexpected";
  }

  private static String words(String camelCase) {
    return camelCase
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .replaceAll("[^A-Za-z-]", "")
        .toLowerCase(Locale.ROOT);
  }
}
