package io.leadloom.outreach;

import io.leadloom.packs.SendingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** When a message may leave, by the recipient's clock. */
final class SendTimes {

  private final SendingRules rules;
  private final ZoneId zone;

  /** The times of a recipient who lives in {@code zone}. */
  SendTimes(SendingRules rules, ZoneId zone) {
    this.rules = rules;
    this.zone = zone;
  }

  /** Whether a message may leave at that instant. */
  boolean open(Instant at) {
    var local = at.atZone(zone);
    return isSendingDay(local.toLocalDate())
        && rules.window().contains(local.getDayOfWeek(), local.toLocalTime());
  }

  /** That instant where a message may leave then, else the start of the next window. */
  Instant next(Instant at) {
    if (open(at)) {
      return at;
    }
    var day = day(at);
    var start = start(day);
    return isSendingDay(day) && at.isBefore(start) ? start : start(nextDay(day));
  }

  /** The recipient's calendar day. */
  LocalDate day(Instant at) {
    return at.atZone(zone).toLocalDate();
  }

  /** The first day after {@code day} on which messages leave. */
  LocalDate nextDay(LocalDate day) {
    var next = day.plusDays(1);
    while (!isSendingDay(next)) {
      next = next.plusDays(1);
    }
    return next;
  }

  /**
   * The moment of the {@code n}-th of {@code perDay} messages, spread evenly over the day's window.
   *
   * @param n from 1
   */
  Instant slot(LocalDate day, long n, long perDay) {
    var window = Duration.between(rules.window().from(), rules.window().to());
    return start(day).plus(window.multipliedBy(n - 1).dividedBy(perDay));
  }

  private Instant start(LocalDate day) {
    return day.atTime(rules.window().from()).atZone(zone).toInstant();
  }

  private boolean isSendingDay(LocalDate day) {
    return rules.window().days().contains(day.getDayOfWeek()) && !rules.holidays().contains(day);
  }
}
