package io.leadloom.rest;

import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.Limits;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

  /**
   * Who has sent as many as go into a window, as far as this instance was told: nobody is given
   * room back within it, so further requests are refused without a look at the table, and whoever
   * sends far too many costs the others next to nothing.
   */
  private final ConcurrentHashMap<String, Long> usedUp = new ConcurrentHashMap<>();

  RateLimit(Limits limits, Settings settings, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.perWindow = Math.max(1, settings.requestsPerMinute() * WINDOW / 60);
  }

  /** Counts a request; the seconds to wait where there is no room for it now. */
  Optional<Long> take(TenantId tenant) {
    return counted(
        "tenant " + tenant,
        window -> limits.take(tenant, "api", window, 1, perWindow, Duration.ofMinutes(10)));
  }

  /** Counts a request of a person who belongs to no tenant. */
  Optional<Long> take(UserId person) {
    return counted(
        "person " + person,
        window -> limits.takeOfPerson(person, "api", window, perWindow, Duration.ofMinutes(10)));
  }

  private Optional<Long> counted(String who, Function<String, Optional<Long>> take) {
    var second = clock.instant().getEpochSecond();
    var window = second / WINDOW;
    if (Long.valueOf(window).equals(usedUp.get(who))) {
      return left(window, second);
    }
    if (take.apply(Long.toString(window)).isPresent()) {
      usedUp.remove(who);
      return Optional.empty();
    }
    usedUp.put(who, window);
    return left(window, second);
  }

  private static Optional<Long> left(long window, long second) {
    return Optional.of((window + 1) * WINDOW - second);
  }
}
