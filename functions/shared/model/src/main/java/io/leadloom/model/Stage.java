package io.leadloom.model;

/** Where a lead stands now. */
public enum Stage {
  /** A signal raised it. */
  NEW,
  /** Company and decision maker are known. */
  ENRICHED,
  /** Its score is worth pursuing. */
  QUALIFIED,
  /** A draft waits for a person's decision. */
  AWAITING_APPROVAL,
  /** A message was approved and waits for its moment. */
  SCHEDULED,
  /** At least one message was sent; an answer is awaited. */
  CONTACTED,
  /** The prospect answered. */
  IN_CONVERSATION,
  /** A meeting is booked. */
  BOOKED,
  /** Below the bar: kept, not pursued. */
  NURTURE,
  /** Ended without a booking. */
  CLOSED,
  /** Must not be contacted. */
  SUPPRESSED,
  /** A fault stopped it; an operator can redrive it. */
  FAILED
}
