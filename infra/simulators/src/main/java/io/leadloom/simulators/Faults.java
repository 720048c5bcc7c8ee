package io.leadloom.simulators;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fault script: what is to go wrong, and how often yet; and shares of all webhooks that come
 * twice or late. It does not outlive the process.
 */
final class Faults {

  private final long seed;
  private final List<Pending> script = new ArrayList<>();
  private double twice;
  private double late;
  private long webhooks;

  /**
   * @param seed chooses which webhooks come twice or late
   */
  Faults(long seed) {
    this.seed = seed;
  }

  private static final class Pending {
    final Fault fault;
    int toSpare;
    int left;
    long second;
    int inSecond;

    Pending(Fault fault) {
      this.fault = fault;
      this.toSpare = fault.after();
      this.left = fault.strength();
    }
  }

  synchronized void add(Fault fault) {
    script.add(new Pending(fault));
  }

  synchronized void clear() {
    script.clear();
    disturb(0, 0);
  }

  /** Lets these shares of all webhooks, from 0 to 1, come twice and late from now on. */
  synchronized void disturb(double shareTwice, double shareLate) {
    twice = shareTwice;
    late = shareLate;
  }

  /** The first entry that strikes this request; it is worn a little by that. */
  synchronized Optional<Fault> request(Call call) {
    for (var pending : script) {
      if (pending.fault.strikes(call) && isDue(pending, call)) {
        return Optional.of(pending.fault);
      }
    }
    return Optional.empty();
  }

  synchronized WebhookFault webhook(Reaction reaction) {
    for (var pending : script) {
      var kind = pending.fault.webhook();
      if (kind != null && pending.fault.strikes(reaction) && wear(pending)) {
        return kind;
      }
    }
    return chance();
  }

  private WebhookFault chance() {
    var roll = Dice.of(seed, "webhook", Long.toString(webhooks++)).between(0, 9999) / 1e4;
    if (roll < twice) {
      return WebhookFault.DUPLICATE;
    }
    return roll < twice + late ? WebhookFault.LATE : WebhookFault.NONE;
  }

  private static boolean isDue(Pending pending, Call call) {
    var most = pending.fault.perSecond();
    if (most == null) {
      return wear(pending);
    }
    var second = call.at().getEpochSecond();
    if (pending.second != second) {
      pending.second = second;
      pending.inSecond = 0;
    }
    return ++pending.inSecond > most;
  }

  private static boolean wear(Pending pending) {
    if (pending.toSpare > 0) {
      pending.toSpare--;
      return false;
    }
    if (pending.left > 0) {
      pending.left--;
      return true;
    }
    return false;
  }
}
