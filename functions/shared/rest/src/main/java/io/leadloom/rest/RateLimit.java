package io.leadloom.rest;

import io.leadloom.model.TenantId;
import io.leadloom.platform.Limits;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How many requests a tenant may send, over all instances of the function: windows of ten seconds,
 * counted in the table.
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
    var second = clock.instant().getEpochSecond();
    var window = second / WINDOW;
    return limits
            .take(tenant, "api", Long.toString(window), 1, perWindow, Duration.ofMinutes(10))
            .isPresent()
        ? Optional.empty()
        : Optional.of((window + 1) * WINDOW - second);
  }
}
