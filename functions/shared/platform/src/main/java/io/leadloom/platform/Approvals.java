package io.leadloom.platform;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The decisions that people have to make, or made. */
@Singleton
public final class Approvals {

  private static final int ATTEMPTS = 5;

  private final Table table;
  private final Leads leads;

  Approvals(Table table, Leads leads) {
    this.table = table;
    this.leads = leads;
  }

  /** Opens an approval unless one of its id is there; tells whether it did. */
  public boolean open(TenantId tenant, Approval approval) {
    return table.together(
        new Write.IfAbsent(item(tenant, approval)), new Write.Always(link(tenant, approval)));
  }

  /**
   * Opens an approval that is decided already, as {@link #decide}, unless one of its id is there.
   */
  public boolean openDecided(
      TenantId tenant, Approval decided, AuditEntry entry, UnaryOperator<Lead> change) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var writes = consequences(tenant, decided, entry, change);
      writes.add(new Write.IfAbsent(item(tenant, decided)));
      writes.add(new Write.Always(link(tenant, decided)));
      if (table.together(writes.toArray(Write[]::new))) {
        return true;
      }
      if (find(tenant, decided.id()).isPresent()) {
        return false;
      }
    }
    throw busy(decided);
  }

  /**
   * Keeps a decision, what it changes in the lead, and the entry that tells of it: all or nothing.
   *
   * @param change pure; it may be asked again where somebody else changed the lead meanwhile
   * @throws ConflictException where somebody else changed the approval since it was read
   */
  public void decide(
      TenantId tenant, Approval decided, AuditEntry entry, UnaryOperator<Lead> change) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var writes = consequences(tenant, decided, entry, change);
      writes.add(new Write.Replacing(item(tenant, decided), decided.rev()));
      if (table.together(writes.toArray(Write[]::new))) {
        return;
      }
      if (get(tenant, decided.id()).rev() != decided.rev()) {
        throw new ConflictException("table.changed", "approval was changed by somebody else");
      }
    }
    throw busy(decided);
  }

  private List<Write> consequences(
      TenantId tenant, Approval decided, AuditEntry entry, UnaryOperator<Lead> change) {
    var writes = new ArrayList<Write>();
    writes.add(new Write.First(Audit.item(tenant, entry)));
    var lead = leads.get(tenant, decided.lead());
    var changed = change.apply(lead);
    if (!changed.equals(lead)) {
      writes.add(new Write.Replacing(Leads.item(changed), lead.rev()));
    }
    return writes;
  }

  private static TransientException busy(Approval approval) {
    return new TransientException(
        "lead.busy", "The lead '" + approval.lead() + "' is changed by others all the time");
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

  /**
   * Approvals to decide on that come after one of them, oldest first; fewer than asked for where
   * decisions of which nobody was told yet stand between.
   *
   * @param after place of the last one seen, as {@link #place} tells; null to start
   */
  public List<Approval> open(TenantId tenant, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.openApprovals(tenant), false, after, limit, Approval.class);
  }

  /** Where an approval stands in the list of those to decide on. */
  public static String place(TenantId tenant, Approval approval) {
    return Keys.openApproval(tenant, approval.requestedAt(), approval.id()).sk();
  }

  /** Approvals to decide on, oldest first. */
  public List<Approval> pending(TenantId tenant, int limit) {
    return open(tenant, limit).stream()
        .filter(approval -> approval.status() == Approval.Status.PENDING)
        .toList();
  }

  /**
   * All that a waiting execution was not told of, oldest first: those to decide on, and those that
   * were decided when a crash came between.
   */
  public List<Approval> untold(TenantId tenant) {
    return open(tenant, Integer.MAX_VALUE);
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

  private static Item link(TenantId tenant, Approval approval) {
    return Item.of(
        Keys.approvalLink(tenant, approval.id()), "approvalLink", new Link(approval.lead()));
  }

  private record Link(LeadId lead) {}
}
