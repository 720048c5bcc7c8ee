package io.leadloom.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a tenant's credit ledger. A credit is what enriching one lead costs.
 *
 * @param id derived from what it is for, so that a repetition writes no second one
 * @param amount credits that the tenant has more, or fewer where it is negative
 * @param reason code of what it is for
 */
public record CreditEntry(
    String id,
    Kind kind,
    Source source,
    long amount,
    @Nullable LeadId lead,
    String reason,
    Instant at) {

  /** What happened. */
  public enum Kind {
    /** A lead is about to be enriched. */
    CHARGE,
    /** A charge is given back. */
    REFUND,
    /** Credits were bought or given on top of the plan's. */
    TOP_UP
  }

  /** Where credits lie. */
  public enum Source {
    /** The plan's of a month: what is left of them is gone with the month. */
    PLAN,
    /** Those bought or given on top: they stay until used, and are used last. */
    EXTRA
  }
}
