package io.leadloom.platform;

import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hands out moments, evenly spaced, to what a tenant would otherwise begin all at once. A tenant
 * with little to do gets the present moment; one with much keeps its own waiting, and no others.
 */
@Singleton
public final class Turns {

  private static final Duration KEPT = Duration.ofDays(1);

  private final Table table;
  private final Clock clock;

  Turns(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * The next turns of a tenant at something, of which none is past. Turns that are not used are
   * lost, which a repetition can afford.
   *
   * @param gap between one turn and the next
   */
  public List<Instant> next(TenantId tenant, String resource, int count, Duration gap) {
    if (count == 0) {
      return List.of();
    }
    var now = clock.instant();
    var all = gap.multipliedBy(count).toMillis();
    var first =
        table.advance(
            Keys.turns(tenant, resource),
            all,
            now.toEpochMilli(),
            now.plusMillis(all).plus(KEPT).getEpochSecond());
    return IntStream.range(0, count)
        .mapToObj(turn -> Instant.ofEpochMilli(first).plus(gap.multipliedBy(turn)))
        .toList();
  }
}
