package io.leadloom.outreach;

import io.leadloom.model.Purpose;
import io.leadloom.model.Tenant;
import io.leadloom.packs.SendingRules;
import io.leadloom.platform.Limits;
import io.leadloom.platform.SendingDomains;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Gives out the moments at which a sending domain sends. Each day has as many as its limit, spread
 * over the window, so that a domain never sends in bursts.
 */
@Singleton
final class Slots {

  private static final Duration KEPT = Duration.ofDays(400);

  private final Limits limits;
  private final SendingDomains domains;

  Slots(Limits limits, SendingDomains domains) {
    this.limits = limits;
    this.domains = domains;
  }

  /**
   * Takes the next free moment, not before {@code earliest}. A moment of the day that has passed is
   * lost. What the contact waits for does not wait for a free moment, but counts.
   */
  Instant take(
      Tenant tenant, SendingRules rules, SendTimes times, Purpose purpose, Instant earliest) {
    var from = times.next(earliest);
    var exempt = rules.frequencyCap().exempt().contains(purpose);
    if (exempt) {
      limits.take(tenant.id(), resource(tenant), window(times.day(from)), 1, Long.MAX_VALUE, KEPT);
      return from;
    }
    var since = domains.since(tenant.id(), tenant.sender().domain(), times.day(from));
    for (var day = times.day(from); ; day = times.nextDay(day)) {
      var perDay = perDay(tenant, rules, since, day);
      var taken = next(tenant, day, perDay);
      while (taken > 0) {
        var slot = times.slot(day, taken, perDay);
        if (!slot.isBefore(from)) {
          return slot;
        }
        taken = next(tenant, day, perDay);
      }
    }
  }

  private long next(Tenant tenant, LocalDate day, long perDay) {
    return limits.take(tenant.id(), resource(tenant), window(day), 1, perDay, KEPT).orElse(0L);
  }

  /** A tenant that sets a limit of its own vouches for its domain, so the ladder is not climbed. */
  private static long perDay(Tenant tenant, SendingRules rules, LocalDate since, LocalDate day) {
    var own = tenant.dailyLimit();
    if (own != null) {
      return Math.max(1, own);
    }
    return rules.dailyLimit(Math.toIntExact(ChronoUnit.DAYS.between(since, day)) + 1);
  }

  private static String resource(Tenant tenant) {
    return "mail." + tenant.sender().domain();
  }

  private static String window(LocalDate day) {
    return day.toString();
  }
}
