package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.clock.StackClock;
import io.leadloom.model.Role;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.sourcing.ImportLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are brought to a whole stack: in pieces, cut short, again, and days later. */
class RowFeedE2ET {

  private static final Instant START = Instant.parse("2026-03-02T13:00:00Z");
  private static final TenantId WHOLE = TenantId.of("whole");
  private static final TenantId PIECES = TenantId.of("pieces");
  private static final int ROWS = 40;
  private static final int REPEATED = 10;
  private static final int OF_A_PIECE = 15;

  /** Longer than the API remembers a key. */
  private static final Duration LONG = Duration.ofHours(25);

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @BeforeAll
  static void home() {
    System.setProperty("leadloom.home", Command.home().toString());
  }

  @Test
  void aFileComesToTheSameHoweverItIsBrought() throws Exception {
    var lines = new ArrayList<>(SamplePermits.lines(ROWS));
    lines.addAll(lines.subList(1, 1 + REPEATED));
    var file = SourceFile.open(SamplePermits.file(folder, "permits.csv", lines).toString());
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var hold = clock.hold();
        var leadloom = LocalLeadloom.start(folder.resolve("data"), 0, 0, clock, 1)) {
      var stack = new HeldStack(leadloom, clock, hold);
      var whole = stack.feed(WHOLE, ImportLimits.ROWS, file, rows -> {});
      assertThat(whole.imports()).hasSize(1);
      assertThat(whole.accounting().rows()).isEqualTo(ROWS + REPEATED);
      assertThat(whole.accounting().leads()).isPositive();
      assertThat(whole.accounting().setAside().get("row.duplicate"))
          .isGreaterThanOrEqualTo(REPEATED);
      assertThat(whole.fresh()).isBetween(1, ROWS);

      assertThatThrownBy(() ->
              stack.feed(
                  PIECES,
                  OF_A_PIECE,
                  file,
                  rows -> {
                    if (rows > OF_A_PIECE) {
                      throw new IllegalStateException("killed");
                    }
                  }))
          .hasMessage("killed");
      var rest = stack.feed(PIECES, OF_A_PIECE, file, rows -> {});
      assertThat(rest.imports()).hasSize(4);
      assertThat(rest.accounting()).isEqualTo(whole.accounting());
      assertThat(rest.fresh()).isBetween(1, whole.fresh() - 1);

      var again = stack.feed(PIECES, OF_A_PIECE, file, rows -> {});
      assertThat(again.accounting()).isEqualTo(whole.accounting());
      assertThat(again.fresh()).isZero();
      assertThat(stack.refused(PIECES, again)).hasSize(again.refused());

      stack.pass(LONG);
      var later = stack.feed(PIECES, OF_A_PIECE, file, rows -> {});
      assertThat(later.accounting()).isEqualTo(whole.accounting());
      assertThat(later.fresh()).isZero();
      assertThat(later.imports()).isEqualTo(again.imports());
    }
  }

  private record HeldStack(LocalLeadloom leadloom, StackClock clock, StackClock.Hold hold) {

    RowFeed.Imported feed(TenantId tenant, int rows, SourceFile file, IntConsumer progress) {
      LocalTenants.ensure(tenant, "fire-safety", Tenant.Mode.CO_PILOT);
      return feed(tenant, rows).feed("austin", file, progress);
    }

    List<RowFeed.Refused> refused(TenantId tenant, RowFeed.Imported imported) {
      return feed(tenant, OF_A_PIECE).refused(imported, Integer.MAX_VALUE);
    }

    private RowFeed feed(TenantId tenant, int rows) {
      var time = StackTime.held(leadloom, hold);
      var api =
          new ImportApi(
              leadloom.api(), () -> LocalTokens.of(leadloom.issuer(), tenant, Role.MEMBER), time);
      return new RowFeed(api, time, rows);
    }

    void pass(Duration time) {
      var until = clock.instant().plus(time);
      var deadline = System.nanoTime() + PATIENCE.toNanos();
      while (clock.instant().isBefore(until)) {
        assertThat(System.nanoTime()).as("time passes").isLessThan(deadline);
        if (leadloom.idle()) {
          hold.step();
        }
        Pause.millis(1);
      }
    }
  }
}
