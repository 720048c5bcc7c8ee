package io.leadloom.rest;

import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.Limits;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How many requests a tenant, or a person without one, may send, over all instances of the
 * function: windows of ten seconds, counted in the table.
 */
@Singleton
final class RateLimit {

  private static final long WINDOW = 10;

  private final Limits limits;
  private final Clock clock;
  private final long perWindow;

  RateLimit(Limits limits, Settings settings, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.perWindow = Math.max(1, settings.requestsPerMinute() * WINDOW / 60);
  }

  /** Counts a request; the seconds to wait where there is no room for it now. */
  Optional<Long> take(TenantId tenant) {
    return counted(
        window -> limits.take(tenant, "api", window, 1, perWindow, Duration.ofMinutes(10)));
  }

  /** Counts a request of a person who belongs to no tenant. */
  Optional<Long> take(UserId person) {
    return counted(
        window -> limits.takeOfPerson(person, "api", window, perWindow, Duration.ofMinutes(10)));
  }

  private Optional<Long> counted(Function<String, Optional<Long>> take) {
    var second = clock.instant().getEpochSecond();
    var window = second / WINDOW;
    return take.apply(Long.toString(window)).isPresent()
        ? Optional.empty()
        : Optional.of((window + 1) * WINDOW - second);
  }
}
