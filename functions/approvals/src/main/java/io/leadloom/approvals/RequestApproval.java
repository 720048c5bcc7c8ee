package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.DraftId;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * Asks for the decision on a draft: of a rule, where the permission mode has one, else of a person.
 * Asked again for the same draft, with another task token, it takes the new token and tells a
 * decision that was made meanwhile.
 */
@Singleton
final class RequestApproval {

  private final Tenants tenants;
  private final Leads leads;
  private final Campaigns campaigns;
  private final Drafts drafts;
  private final Approvals approvals;
  private final Packs packs;
  private final TellExecution tell;
  private final ApprovalNotice notice;
  private final Clock clock;

  RequestApproval(
      Tenants tenants,
      Leads leads,
      Campaigns campaigns,
      Drafts drafts,
      Approvals approvals,
      Packs packs,
      TellExecution tell,
      ApprovalNotice notice,
      Clock clock) {
    this.tenants = tenants;
    this.leads = leads;
    this.campaigns = campaigns;
    this.drafts = drafts;
    this.approvals = approvals;
    this.packs = packs;
    this.tell = tell;
    this.notice = notice;
    this.clock = clock;
  }

  void run(TenantId tenantId, LeadId leadId, DraftId draftId, String taskToken) {
    var id = idOf(draftId);
    var existing = approvals.find(tenantId, id);
    if (existing.isPresent()) {
      again(tenantId, existing.get(), taskToken);
      return;
    }
    var tenant = tenants.get(tenantId);
    var lead = leads.get(tenantId, leadId);
    var draft = drafts.get(tenantId, leadId, draftId);
    var now = clock.instant();
    var pack = packs.load(lead.pack());
    var asked =
        Approval.asked(
            id,
            leadId,
            draftId,
            draft.contentHash(),
            lead.score() == null ? 0 : lead.score(),
            taskToken,
            now,
            now.plus(Duration.ofHours(pack.approval().expiresAfterHours())));
    var rule = ApprovalMode.approvingRule(tenant, campaigns.find(tenantId, lead.campaign()), lead);
    if (rule.isPresent()) {
      var decided =
          asked.decided(Approval.Status.APPROVED, "rule:" + rule.get(), draftId, null, now);
      approvals.openDecided(
          tenantId,
          decided,
          new AuditEntry(now, "rule:" + rule.get(), "approve", draftId.value(), rule.get()),
          l ->
              l.at(l.stage() == Stage.BOOKED ? Stage.BOOKED : Stage.SCHEDULED, rule.get(), now)
                  .reaching(Milestone.APPROVED, now));
      tell.run(tenantId, decided);
      return;
    }
    leads.change(
        tenantId,
        leadId,
        l -> l.stage() == Stage.BOOKED ? l : l.at(Stage.AWAITING_APPROVAL, "approval.asked", now));
    approvals.open(tenantId, asked);
    notice.send(tenant, asked, lead);
  }

  /** The one approval that a draft can have. */
  static ApprovalId idOf(DraftId draft) {
    return ApprovalId.of(Ids.derive("approval", draft.value()));
  }

  private void again(TenantId tenantId, Approval approval, String taskToken) {
    var current = approval;
    if (!approval.taskToken().equals(taskToken)) {
      approvals.change(tenantId, approval.awaitedWith(taskToken));
      current = approvals.get(tenantId, approval.id());
    }
    if (current.status() == Approval.Status.PENDING) {
      // Whether the notice went out before is not known; the mail provider recognises a second one.
      notice.send(tenants.get(tenantId), current, leads.get(tenantId, current.lead()));
    } else {
      tell.run(tenantId, current);
    }
  }
}
