package io.leadloom.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StackClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void timersRunAtExactlyTheirInstantAndInOrder() throws Exception {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE)) {
      var seen = Collections.synchronizedList(new ArrayList<Instant>());
      var done = new CountDownLatch(3);
      try (var hold = clock.hold()) {
        for (var days : List.of(14, 1, 7)) {
          clock.schedule(
              START.plus(Duration.ofDays(days)),
              () -> {
                seen.add(clock.instant());
                done.countDown();
              });
        }
      }
      assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(seen)
          .containsExactly(
              START.plus(Duration.ofDays(1)),
              START.plus(Duration.ofDays(7)),
              START.plus(Duration.ofDays(14)));
    }
  }

  @Test
  void timeStandsStillWhileWorkIsUnderWay() throws Exception {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE)) {
      var fired = new CountDownLatch(1);
      var hold = clock.hold();
      clock.schedule(START.plusSeconds(60), fired::countDown);
      assertThat(fired.await(50, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(clock.instant()).isEqualTo(START);
      hold.close();
      hold.close();
      assertThat(fired.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aTimerThatIsDueRunsEvenWhileTheClockIsHeld() throws Exception {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var hold = clock.hold()) {
      var fired = new CountDownLatch(1);
      clock.schedule(START.minusSeconds(1), fired::countDown);
      assertThat(fired.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(clock.instant()).isEqualTo(START);
    }
  }

  @Test
  void whoHoldsTheClockAloneCanGoOnStepByStep() throws Exception {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var hold = clock.hold()) {
      var first = new CountDownLatch(1);
      var second = new CountDownLatch(1);
      assertThat(hold.step()).isFalse();
      clock.schedule(START.plusSeconds(10), first::countDown);
      clock.schedule(START.plusSeconds(20), second::countDown);
      try (var other = clock.hold()) {
        assertThat(hold.step()).isFalse();
      }
      assertThat(hold.step()).isTrue();
      assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
      assertThat(second.await(20, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void aCancelledTimerNeverRuns() throws Exception {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE)) {
      var later = new CountDownLatch(1);
      var seen = Collections.synchronizedList(new ArrayList<String>());
      try (var hold = clock.hold()) {
        clock.schedule(START.plusSeconds(1), () -> seen.add("cancelled")).cancel();
        clock.schedule(START.plusSeconds(2), later::countDown);
      }
      assertThat(later.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aSpeedMultipliesIdleTime() throws Exception {
    try (var clock = StackClock.startingAt(START, 3600)) {
      var fired = new CountDownLatch(1);
      clock.schedule(START.plus(Duration.ofHours(1)), fired::countDown);
      assertThat(fired.await(500, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(clock.instant()).isBetween(START.plusSeconds(60), START.plus(Duration.ofHours(1)));
      assertThat(fired.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void speedOneIsTheWallClock() {
    try (var clock = StackClock.real()) {
      assertThat(Duration.between(clock.instant(), Instant.now()).abs())
          .isLessThan(Duration.ofSeconds(5));
    }
  }
}
