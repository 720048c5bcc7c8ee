package io.leadloom.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A one-time decision on one draft, with expiry.
 *
 * @param contentHash of the draft that is decided on
 * @param approvedDraft the draft that may be sent: the one shown, or its edited successor
 * @param taskToken what resumes the waiting execution; never shown to anyone
 * @param priority higher comes first; the lead's score
 * @param decidedBy a person's id, or {@code rule:<code>} for a decision by permission mode
 * @param note what the decider wrote
 * @param resumedAt when the waiting execution was told; a decision without it is told again
 */
@RecordBuilder
public record Approval(
    ApprovalId id,
    LeadId lead,
    DraftId draft,
    String contentHash,
    Status status,
    int priority,
    String taskToken,
    Instant requestedAt,
    Instant expiresAt,
    @Nullable Instant remindedAt,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy,
    @Nullable DraftId approvedDraft,
    @Nullable String note,
    @Nullable Instant resumedAt,
    long rev) {

  /** How it stands. */
  public enum Status {
    PENDING,
    APPROVED,
    REVISE,
    REJECTED,
    EXPIRED
  }

  /** An approval just asked for. */
  public static Approval asked(
      ApprovalId id,
      LeadId lead,
      DraftId draft,
      String contentHash,
      int priority,
      String taskToken,
      Instant now,
      Instant expiresAt) {
    return ApprovalBuilder.builder()
        .id(id)
        .lead(lead)
        .draft(draft)
        .contentHash(contentHash)
        .status(Status.PENDING)
        .priority(priority)
        .taskToken(taskToken)
        .requestedAt(now)
        .expiresAt(expiresAt)
        .build();
  }

  /** The same approval, decided. */
  public Approval decided(
      Status decision, String by, @Nullable DraftId sendable, @Nullable String why, Instant now) {
    return ApprovalBuilder.builder(this)
        .status(decision)
        .decidedAt(now)
        .decidedBy(by)
        .approvedDraft(sendable)
        .note(why)
        .build();
  }

  /** The same approval, its approvers reminded. */
  public Approval reminded(Instant now) {
    return ApprovalBuilder.builder(this).remindedAt(now).build();
  }

  /** The same approval, its waiting execution told. */
  public Approval resumed(Instant now) {
    return ApprovalBuilder.builder(this).resumedAt(now).build();
  }

  /** The same approval, waited for with another token. */
  public Approval awaitedWith(String newToken) {
    return ApprovalBuilder.builder(this).taskToken(newToken).build();
  }
}
