package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.Approval.Status;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.DraftId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.platform.Approvals;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Closes an approval that nobody decided in time; a decision made at the last moment wins. */
@Singleton
final class ExpireApproval {

  private final Approvals approvals;
  private final Clock clock;

  ExpireApproval(Approvals approvals, Clock clock) {
    this.approvals = approvals;
    this.clock = clock;
  }

  /** The approval as it is closed: expired, or decided. */
  Approval run(TenantId tenant, DraftId draft) {
    var id = RequestApproval.idOf(draft);
    var approval = approvals.get(tenant, id);
    if (approval.status() == Status.PENDING) {
      var now = clock.instant();
      try {
        approvals.decide(
            tenant,
            approval.decided(Status.EXPIRED, "rule:approval.expired", null, null, now).resumed(now),
            new AuditEntry(now, "rule:approval.expired", "expire", draft.value(), "nobody decided"),
            lead -> lead);
      } catch (ConflictException e) {
        // Decided between our two looks.
      }
      return approvals.get(tenant, id);
    }
    if (approval.resumedAt() == null) {
      // The execution learns of it by this step's answer.
      approvals.change(tenant, approval.resumed(clock.instant()));
    }
    return approval;
  }
}
