package io.leadloom.model;

import java.util.List;

/** A lead and all that happened to it, each list oldest first. */
public record Story(
    Lead lead,
    List<Signal> signals,
    List<Score> scores,
    List<Research> research,
    List<Draft> drafts,
    List<Approval> approvals,
    List<Touch> touches,
    List<Reply> replies,
    List<Booking> bookings,
    List<Cost> costs,
    List<LeadFault> faults) {

  /** What was spent on the lead, in millionths of a US dollar. */
  public long costMicroUsd() {
    return costs.stream().mapToLong(Cost::microUsd).sum();
  }
}
