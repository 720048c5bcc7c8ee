package io.leadloom.approvals;

import io.leadloom.model.Approval;
import org.jspecify.annotations.Nullable;

/**
 * What the waiting execution is told.
 *
 * @param decision a status of {@link Approval}, but for PENDING
 * @param draftId the draft to send, or the one to revise
 */
record ApprovalAnswer(String decision, String draftId, @Nullable String note, String reason) {

  static ApprovalAnswer of(Approval approval) {
    var sendable = approval.approvedDraft();
    return new ApprovalAnswer(
        approval.status().name(),
        (sendable == null ? approval.draft() : sendable).value(),
        approval.note(),
        approval.decidedBy() == null
            ? "approval.expired"
            : "approval.by-" + kind(approval.decidedBy()));
  }

  private static String kind(String decidedBy) {
    return decidedBy.startsWith("rule:") ? "rule" : "person";
  }
}
