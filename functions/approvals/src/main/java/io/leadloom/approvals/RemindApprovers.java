package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.Tenant;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * Reminds approvers, once, of drafts that wait for long, and tells executions of decisions that
 * were stored but not told.
 */
@Singleton
final class RemindApprovers {

  private final Tenants tenants;
  private final Approvals approvals;
  private final Leads leads;
  private final Packs packs;
  private final ApprovalNotice notice;
  private final TellExecution tell;
  private final Clock clock;

  RemindApprovers(
      Tenants tenants,
      Approvals approvals,
      Leads leads,
      Packs packs,
      ApprovalNotice notice,
      TellExecution tell,
      Clock clock) {
    this.tenants = tenants;
    this.approvals = approvals;
    this.leads = leads;
    this.packs = packs;
    this.notice = notice;
    this.tell = tell;
    this.clock = clock;
  }

  /** How many drafts approvers were reminded of. */
  int run() {
    var reminded = 0;
    for (var id : tenants.ids()) {
      var tenant = tenants.get(id);
      for (var approval : approvals.untold(id)) {
        if (approval.status() != Approval.Status.PENDING) {
          tell.run(id, approval);
        } else if (remind(tenant, approval)) {
          reminded++;
        }
      }
    }
    return reminded;
  }

  private boolean remind(Tenant tenant, Approval approval) {
    var now = clock.instant();
    var lead = leads.get(tenant.id(), approval.lead());
    var after = Duration.ofHours(packs.load(lead.pack()).approval().remindAfterHours());
    if (approval.remindedAt() != null
        || now.isBefore(approval.requestedAt().plus(after))
        || !now.isBefore(approval.expiresAt())) {
      return false;
    }
    // The mail comes first: lost in a crash it would never be sent, while the mail provider
    // recognises a second one.
    notice.remind(tenant, approval, lead);
    try {
      approvals.change(tenant.id(), approval.reminded(now));
    } catch (ConflictException e) {
      // Decided meanwhile, or reminded by another run.
    }
    return true;
  }
}
