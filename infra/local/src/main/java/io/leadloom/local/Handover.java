package io.leadloom.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How EventBridge hands an event over to a target: a target that fails for a while is tried again,
 * at growing distances; what it will never take goes to the dead-letter queue at once.
 *
 * @param origin {@code RULE_ARN} or {@code SCHEDULE_ARN}, as the dead-letter queue is told
 * @param mostRetries how often it is tried after the first time
 * @param expires when it is tried no longer, in milliseconds of the epoch
 * @param deadLetterArn the queue for what could not be handed over; without one it is dropped
 */
record Handover(
    String origin,
    String originArn,
    int mostRetries,
    long expires,
    @Nullable String deadLetterArn) {

  /** At this distance the 185 retries that are usual fill the day that is usual. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(512);

  /** What comes after a failure. */
  sealed interface Verdict {

    record Retry(Instant due) implements Verdict {}

    /**
     * @param exhausted the limit that was reached, if a limit was
     */
    record GiveUp(Optional<String> exhausted) implements Verdict {}
  }

  /**
   * @param attempts that failed before this one
   */
  Verdict after(AwsException failure, int attempts, Instant now) {
    if (!failure.mayPass()) {
      return new Verdict.GiveUp(Optional.empty());
    }
    if (attempts >= mostRetries) {
      return new Verdict.GiveUp(Optional.of("MaximumRetryAttempts"));
    }
    var seconds = Math.min(LONGEST_WAIT.toSeconds(), 1L << Math.min(attempts, 16));
    var due = now.plusSeconds(seconds);
    return due.toEpochMilli() > expires
        ? new Verdict.GiveUp(Optional.of("MaximumEventAgeInSeconds"))
        : new Verdict.Retry(due);
  }

  /** What the dead-letter queue is told as ERROR_CODE. */
  static String errorCode(AwsException failure) {
    if (failure.isThrottling()) {
      return "THROTTLING";
    }
    if (failure.status() >= 500) {
      return "ERROR_FROM_TARGET";
    }
    return failure.type().contains("NotExist") || failure.type().contains("NotFound")
        ? "NO_RESOURCE"
        : "INVALID_PARAMETER";
  }
}
