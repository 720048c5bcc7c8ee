package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.local.template.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamRetriesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void batchIsTriedAgainLaterAndLater() {
    var retries = retries(false, OptionalInt.empty());
    assertThat(retry(retries, slice(3).failed("x")))
        .singleElement()
        .returns(NOON.plusSeconds(1), StreamSlice::due);
    var often = slice(3);
    for (var i = 0; i < 50; i++) {
      often = often.failed("x");
    }
    assertThat(retry(retries, often))
        .singleElement()
        .returns(NOON.plusSeconds(60), StreamSlice::due);
  }

  @Test
  void bisectedBatchComesBackInHalvesAndInOrder() {
    var halves = retry(retries(true, OptionalInt.of(0)), slice(5).failed("x"));
    assertThat(halves).hasSize(2);
    assertThat(halves.get(0).records())
        .extracting(StreamRecord::sequenceNumber)
        .containsExactly("0", "1");
    assertThat(halves.get(1).records())
        .extracting(StreamRecord::sequenceNumber)
        .containsExactly("2", "3", "4");
    assertThat(halves).allMatch(half -> half.attempts() == 0 && half.due().equals(NOON));
  }

  @Test
  void oneRecordIsGivenUpAfterItsRetries() {
    var retries = retries(true, OptionalInt.of(1));
    var once = slice(1).failed("x");
    assertThat(retry(retries, once)).hasSize(1);
    assertThat(retries.after(once.failed("x"), OptionalInt.empty(), NOON))
        .isEqualTo(new StreamRetries.Verdict.GiveUp(once.failed("x"), "RetryAttemptsExhausted"));
  }

  @Test
  void functionThatSaysWhereItStoppedGoesOnThere() {
    var left =
        retries(true, OptionalInt.empty()).after(slice(4).failed("x"), OptionalInt.of(2), NOON);
    assertThat(((StreamRetries.Verdict.Retry) left).slices())
        .singleElement()
        .satisfies(slice ->
            assertThat(slice.records())
                .extracting(StreamRecord::sequenceNumber)
                .containsExactly("2", "3"));
  }

  @Test
  void recordsBecomeTooOld() {
    var retries = retries(false, OptionalInt.empty());
    assertThat(retries.isTooOld(slice(1), NOON.plusSeconds(600))).isFalse();
    assertThat(retries.isTooOld(slice(1), NOON.plusSeconds(601))).isTrue();
    assertThat(retries.after(slice(1).failed("x"), OptionalInt.empty(), NOON.plusSeconds(601)))
        .isInstanceOf(StreamRetries.Verdict.GiveUp.class);
  }

  private static List<StreamSlice> retry(StreamRetries retries, StreamSlice slice) {
    var verdict = retries.after(slice, OptionalInt.empty(), NOON);
    return ((StreamRetries.Verdict.Retry) verdict).slices();
  }

  private static StreamRetries retries(boolean bisects, OptionalInt maximumRetries) {
    return new StreamRetries(
        new EventSource.Stream(
            "function",
            "table",
            100,
            Duration.ZERO,
            false,
            true,
            bisects,
            maximumRetries,
            Optional.of(Duration.ofSeconds(600)),
            Optional.empty(),
            List.of()));
  }

  private static StreamSlice slice(int records) {
    return StreamSlice.of(
        IntStream.range(0, records)
            .mapToObj(i -> new StreamRecord("shard", Integer.toString(i), NOON, Json.object()))
            .toList(),
        NOON);
  }
}
