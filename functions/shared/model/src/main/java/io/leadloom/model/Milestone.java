package io.leadloom.model;

/** A point of the funnel that a lead reached at least once. */
public enum Milestone {
  ENRICHED,
  QUALIFIED,
  DRAFTED,
  APPROVED,
  SENT,
  REPLIED,
  BOOKED
}
