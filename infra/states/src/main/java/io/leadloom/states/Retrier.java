package io.leadloom.states;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a {@code Retry}.
 *
 * @param maxDelaySeconds the longest wait, or null for none
 * @param fullJitter whether each wait is drawn between 0 and what it would have been
 */
record Retrier(
    List<String> errorEquals,
    long intervalSeconds,
    long maxAttempts,
    double backoffRate,
    @Nullable Long maxDelaySeconds,
    boolean fullJitter) {

  boolean matches(StateError error) {
    return errorEquals.stream().anyMatch(error::matches);
  }

  /** The wait in milliseconds before the attempt after {@code failures} failures. */
  long delayMillis(int failures, Chance chance) {
    var seconds = intervalSeconds * Math.pow(backoffRate, failures - 1);
    if (maxDelaySeconds != null) {
      seconds = Math.min(seconds, maxDelaySeconds);
    }
    var millis = Math.min(seconds * 1000, 31_622_400_000.0);
    return Math.round(fullJitter ? millis * chance.number() : millis);
  }
}
