package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TurnsTest {

  private static final Duration GAP = Duration.ofMillis(200);

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void whoHasLittleToDoIsNextAtOnce() {
    var now = platform.clock().instant();
    assertThat(next(1)).containsExactly(now);
    platform.clock().advance(GAP);
    assertThat(next(2)).containsExactly(now.plus(GAP), now.plus(GAP.multipliedBy(2)));
    assertThat(next(0)).isEmpty();
  }

  @Test
  void whoHasMuchToDoKeepsNobodyElseWaiting() {
    var now = platform.clock().instant();
    next(1_000);
    assertThat(next(1)).containsExactly(now.plus(GAP.multipliedBy(1_000)));
    assertThat(platform.bean(Turns.class).next(Samples.OTHER_TENANT, "lives", 1, GAP))
        .containsExactly(now);
    // What was not used in time is not saved up.
    platform.clock().advance(Duration.ofHours(1));
    assertThat(next(1)).containsExactly(now.plus(Duration.ofHours(1)));
  }

  @Test
  void noTurnIsGivenTwice() throws Exception {
    var asked = new ArrayList<Callable<List<Instant>>>();
    for (var n = 0; n < 20; n++) {
      asked.add(() -> next(2));
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      var given = new ArrayList<Instant>();
      for (var turns : threads.invokeAll(asked)) {
        given.addAll(turns.get());
      }
      assertThat(given).hasSize(40).doesNotHaveDuplicates();
    }
  }

  private List<Instant> next(int count) {
    return platform.bean(Turns.class).next(Samples.TENANT, "lives", count, GAP);
  }
}
