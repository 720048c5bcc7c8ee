package io.leadloom.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant subscribed to, and how it stands.
 *
 * @param planId id of its {@link Plan}
 * @param indexShards partitions over which its lists are spread: never fewer than before, since
 *     what lies in them stays there
 * @param endsAt when it ends, for one that is cancelled
 */
public record Subscription(
    String planId, Status status, int indexShards, @Nullable Instant endsAt) {

  /** How it stands with the money. */
  public enum Status {
    /** Used before the first payment. */
    TRIALING,
    /** Paid. */
    ACTIVE,
    /** A payment is missing: nothing new begins until it is there. */
    PAST_DUE
  }

  /** What a subscription allows at a moment. */
  public enum Standing {
    /** Everything. */
    GOOD,
    /** Work waits for a payment. */
    HELD,
    /** It was cancelled, and its time is over. */
    ENDED
  }

  /** A paid subscription to a plan. */
  public static Subscription to(Plan plan) {
    return new Subscription(plan.id(), Status.ACTIVE, plan.indexShards(), null);
  }

  /** The plan. */
  public Plan plan() {
    return Plan.of(planId);
  }

  /** What it allows at that moment. */
  public Standing standing(Instant now) {
    if (endsAt != null && !now.isBefore(endsAt)) {
      return Standing.ENDED;
    }
    return status == Status.PAST_DUE ? Standing.HELD : Standing.GOOD;
  }

  /** The same subscription to another plan. */
  public Subscription changedTo(Plan plan) {
    return new Subscription(plan.id(), status, Math.max(indexShards, plan.indexShards()), endsAt);
  }

  /** The same subscription, standing otherwise. */
  public Subscription as(Status newStatus) {
    return new Subscription(planId, newStatus, indexShards, endsAt);
  }

  /** The same subscription, ending then; never, where that is null. */
  public Subscription endingAt(@Nullable Instant end) {
    return new Subscription(planId, status, indexShards, end);
  }
}
