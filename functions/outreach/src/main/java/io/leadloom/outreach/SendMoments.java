package io.leadloom.outreach;

import io.leadloom.model.Lead;
import io.leadloom.model.Purpose;
import io.leadloom.model.Tenant;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.packs.Packs;
import io.leadloom.packs.SendingRules;
import io.leadloom.platform.Touches;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a message is sent: in the recipient's window, within the frequency cap of its address and
 * the daily limit of the sending domain.
 */
@Singleton
final class SendMoments {

  /** How early a step may come: timers are not exact to the moment. */
  private static final Duration EARLY = Duration.ofMinutes(1);

  private final Touches touches;
  private final Slots slots;
  private final Packs packs;
  private final Clock clock;

  SendMoments(Touches touches, Slots slots, Packs packs, Clock clock) {
    this.touches = touches;
    this.slots = slots;
    this.packs = packs;
    this.clock = clock;
  }

  /** Takes the moment of a message that is planned now. */
  Instant take(Tenant tenant, Lead lead, Purpose purpose, String to, TouchId touch) {
    var rules = rules(lead);
    var now = clock.instant();
    var earliest = earliest(tenant, rules, purpose, to, touch, now);
    return slots.take(tenant, rules, times(lead), purpose, earliest);
  }

  /**
   * The moment to wait for where now is not the touch's: it has not come, or it was missed and
   * another one is taken.
   */
  Optional<Instant> later(Tenant tenant, Lead lead, Touch touch) {
    var now = clock.instant();
    if (now.isBefore(touch.sendAt().minus(EARLY))) {
      return Optional.of(touch.sendAt());
    }
    var rules = rules(lead);
    var times = times(lead);
    var earliest = earliest(tenant, rules, touch.purpose(), touch.to(), touch.id(), now);
    // A day's limit was counted for the day that was planned, so another day needs another slot.
    var missed =
        !isExempt(rules, touch.purpose()) && !times.day(now).equals(times.day(touch.sendAt()));
    if (times.open(now) && !missed && !earliest.isAfter(now)) {
      return Optional.empty();
    }
    var slot = slots.take(tenant, rules, times, touch.purpose(), earliest);
    touches.postpone(tenant.id(), touch, slot);
    return Optional.of(slot);
  }

  /** The times at which a lead's contact may be written to. */
  SendTimes times(Lead lead) {
    var rules = rules(lead);
    return new SendTimes(rules, rules.zoneOf(lead));
  }

  private Instant earliest(
      Tenant tenant, SendingRules rules, Purpose purpose, String to, TouchId touch, Instant now) {
    return isExempt(rules, purpose)
        ? now
        : FrequencyCaps.earliest(
            rules.frequencyCap(), touches.contacted(tenant.id(), to), touch, now);
  }

  private static boolean isExempt(SendingRules rules, Purpose purpose) {
    return rules.frequencyCap().exempt().contains(purpose);
  }

  private SendingRules rules(Lead lead) {
    return packs.load(lead.pack()).sending();
  }
}
