package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Counters with a ceiling, such as the messages of a sending domain on a day. */
@Singleton
public final class Limits {

  private final Table table;
  private final Clock clock;

  Limits(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Takes {@code amount} of a resource in a window unless more than {@code max} would be taken
   * then.
   *
   * @param window names the window, such as a day or month
   * @param keep how long the counter must be kept
   * @return how much is taken now, this included; nothing where the limit is reached
   */
  public Optional<Long> take(
      TenantId tenant, String resource, String window, long amount, long max, Duration keep) {
    if (amount > max) {
      return Optional.empty();
    }
    return table.count(Keys.limit(tenant, resource, window), amount, max, until(keep));
  }

  /** Takes one of a resource that a person has a share of, whatever the tenant; else the same. */
  public Optional<Long> takeOfPerson(
      UserId person, String resource, String window, long max, Duration keep) {
    return TenantScope.ofNoTenant(
        () -> table.count(Keys.limit(person, resource, window), 1, max, until(keep)));
  }

  private long until(Duration keep) {
    return clock.instant().plus(keep).getEpochSecond();
  }
}
