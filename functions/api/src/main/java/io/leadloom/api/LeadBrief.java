package io.leadloom.api;

import io.leadloom.model.Lead;
import io.leadloom.model.Stage;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A lead, as its company and contact show it. */
record LeadBrief(
    String id,
    String campaignId,
    @Nullable String contactId,
    Stage stage,
    @About("Code that explains the stage") @Nullable String reason,
    @About("Id of the member in whose care it is") @Nullable String owner,
    Instant createdAt,
    Instant updatedAt,
    @About("When it was put away") @Nullable Instant deletedAt) {

  /** Leads, oldest first. */
  static List<LeadBrief> of(List<Lead> leads) {
    return leads.stream()
        .sorted(Comparator.comparing(Lead::createdAt).thenComparing(lead -> lead.id().value()))
        .map(LeadBrief::of)
        .toList();
  }

  private static LeadBrief of(Lead lead) {
    return new LeadBrief(
        lead.id().value(),
        lead.campaign().value(),
        lead.contactId() == null ? null : Objects.toString(lead.contactId()),
        lead.stage(),
        lead.reason(),
        lead.owner(),
        lead.createdAt(),
        lead.updatedAt(),
        lead.deletedAt());
  }
}
