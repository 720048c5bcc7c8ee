package io.leadloom.local;

import io.leadloom.local.template.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** What becomes of a batch of stream records of which the function did not get all done. */
final class StreamRetries {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** A stream keeps its records for a day; what is older is gone, whatever the settings say. */
  static final Duration STREAM_RETENTION = Duration.ofHours(24);

  private final EventSource.Stream source;

  StreamRetries(EventSource.Stream source) {
    this.source = source;
  }

  /** What to do next. */
  sealed interface Verdict {
    /** Try these, one after the other. */
    record Retry(List<StreamSlice> slices) implements Verdict {}

    /** Tell the failure destination, and go on behind them. */
    record GiveUp(StreamSlice slice, String condition) implements Verdict {}
  }

  /** Whether records have become too old to be tried at all. */
  boolean isTooOld(StreamSlice slice, Instant now) {
    var age = Duration.between(slice.records().getFirst().arrival(), now);
    return age.compareTo(source.maximumAge().orElse(STREAM_RETENTION)) > 0;
  }

  /**
   * @param slice counts the attempt that has just failed
   * @param firstFailure where the function says it stopped, if it says so
   */
  Verdict after(StreamSlice slice, OptionalInt firstFailure, Instant now) {
    if (isTooOld(slice, now)) {
      return new Verdict.GiveUp(slice, "RecordAgeExceeded");
    }
    // Half a batch is another batch: AWS does not count bisections as retries.
    if (source.bisects() && firstFailure.isEmpty() && slice.records().size() > 1) {
      return new Verdict.Retry(slice.halves());
    }
    var left = slice.from(firstFailure.orElse(0));
    if (source.maximumRetries().isPresent()
        && slice.attempts() > source.maximumRetries().getAsInt()) {
      return new Verdict.GiveUp(left, "RetryAttemptsExhausted");
    }
    return new Verdict.Retry(List.of(left.retryAt(now.plus(wait(slice.attempts())))));
  }

  /** Longer from attempt to attempt; AWS does not say by how much. */
  private static Duration wait(int attempts) {
    var seconds = FIRST_WAIT.toSeconds() << Math.min(attempts - 1, 10);
    return seconds > LONGEST_WAIT.toSeconds() ? LONGEST_WAIT : Duration.ofSeconds(seconds);
  }
}
