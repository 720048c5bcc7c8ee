package io.leadloom.platform;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The decisions that people have to make, or made. */
@Singleton
public final class Approvals {

  private final Table table;

  Approvals(Table table) {
    this.table = table;
  }

  /** Opens an approval unless one of its id is there; tells whether it did. */
  public boolean open(TenantId tenant, Approval approval) {
    return table.putTogether(
        List.of(item(tenant, approval)),
        List.of(
            Item.of(
                Keys.approvalLink(tenant, approval.id()),
                "approvalLink",
                new Link(approval.lead()))));
  }

  /** Replaces an approval at the revision that was read. */
  public void change(TenantId tenant, Approval approval) {
    table.replace(item(tenant, approval), approval.rev());
  }

  /** The approval of that id. */
  public Optional<Approval> find(TenantId tenant, ApprovalId id) {
    return table
        .get(Keys.approvalLink(tenant, id), Link.class)
        .flatMap(link -> table.get(Keys.approvalOfLead(tenant, link.lead(), id), Approval.class));
  }

  /** The approval of that id; {@link NotFoundException} where the tenant has none. */
  public Approval get(TenantId tenant, ApprovalId id) {
    return find(tenant, id)
        .orElseThrow(
            () -> new NotFoundException("approval.not-found", "There is no approval '" + id + "'"));
  }

  /** Approvals to decide on, oldest first. */
  public List<Approval> pending(TenantId tenant, int limit) {
    return open(tenant, limit).stream()
        .filter(approval -> approval.status() == Approval.Status.PENDING)
        .toList();
  }

  /** Decisions of which the waiting execution was not told, as after a crash between the two. */
  public List<Approval> untold(TenantId tenant, int limit) {
    return open(tenant, limit).stream()
        .filter(approval -> approval.status() != Approval.Status.PENDING)
        .toList();
  }

  private List<Approval> open(TenantId tenant, int limit) {
    return table.queryByStatus(Keys.openApprovals(tenant), false, limit, Approval.class);
  }

  private static Item item(TenantId tenant, Approval approval) {
    return Item.of(
            Keys.approvalOfLead(tenant, approval.lead(), approval.id()), "approval", approval)
        .indexed(
            approval.resumedAt() == null
                ? Keys.openApproval(tenant, approval.requestedAt(), approval.id())
                : null);
  }

  private record Link(LeadId lead) {}
}
