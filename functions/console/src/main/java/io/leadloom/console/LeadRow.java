package io.leadloom.console;

import io.leadloom.model.Lead;

/** A lead as a line of a table. */
public record LeadRow(
    String id,
    String company,
    String contact,
    String stage,
    String score,
    String reason,
    String changed,
    String changedUtc) {

  static LeadRow of(Lead lead) {
    var contact = lead.contact();
    return new LeadRow(
        lead.id().value(),
        lead.company().name(),
        contact == null ? "" : contact.firstName() + " " + contact.lastName(),
        Stages.name(lead.stage()),
        lead.score() == null ? "" : lead.score() + (lead.tier() == null ? "" : " " + lead.tier()),
        lead.reason() == null ? "" : lead.reason(),
        Times.of(lead, lead.updatedAt()),
        lead.updatedAt().toString());
  }
}
