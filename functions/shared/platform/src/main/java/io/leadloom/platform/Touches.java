package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Purpose;
import io.leadloom.model.Suppression;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The touches, which are the send ledger as well: a touch is planned under its effect id, marked as
 * sending before the provider is called, and completed after.
 */
@Singleton
public final class Touches {

  private final Table table;

  Touches(Table table) {
    this.table = table;
  }

  /**
   * Plans a touch unless one of its id is there, notes it with the address, and links by what an
   * answer will find it: its reply token and its Message-ID. All or nothing; tells whether it did.
   */
  public boolean plan(TenantId tenant, Touch touch) {
    var ref = new LeadRef(tenant, touch.lead(), touch.id());
    return table.together(
        new Write.IfAbsent(item(tenant, touch)),
        new Write.Always(noted(tenant, touch)),
        new Write.Always(Links.item("reply-token", touch.replyToken(), ref)),
        new Write.Always(Links.item("message-id", Ids.hash(touch.messageId()), ref)));
  }

  /** Moves a planned touch to another moment; as {@link #change(TenantId, Touch)}. */
  public void postpone(TenantId tenant, Touch touch, Instant sendAt) {
    var later = touch.postponed(sendAt);
    table.replace(item(tenant, later), later.rev(), new Write.Always(noted(tenant, later)));
  }

  /**
   * Keeps that a planned touch is not sent, so that its address was not written to either, and the
   * entry that tells why; as {@link #change(TenantId, Touch)}.
   */
  public void stop(TenantId tenant, Touch stopped, AuditEntry entry) {
    table.replace(
        item(tenant, stopped),
        stopped.rev(),
        new Write.Delete(noted(tenant, stopped).key()),
        new Write.First(Audit.item(tenant, entry)));
  }

  /** As {@link #change(TenantId, Touch)}, with the entry that tells of it. */
  public void change(TenantId tenant, Touch touch, AuditEntry entry) {
    table.replace(item(tenant, touch), touch.rev(), new Write.First(Audit.item(tenant, entry)));
  }

  /** The messages to an address over all leads, planned or sent, earliest first. */
  public List<Contacted> contacted(TenantId tenant, String address) {
    return table
        .query(Keys.contactedBy(tenant, Suppression.hashOf(address)), "", Contacted.class)
        .stream()
        .sorted(Comparator.comparing(Contacted::at))
        .toList();
  }

  /**
   * Replaces a touch at the revision that was read; {@link
   * io.leadloom.model.fault.ConflictException} where somebody else was faster.
   */
  public void change(TenantId tenant, Touch touch) {
    table.replace(item(tenant, touch), touch.rev());
  }

  /** The touch of that id. */
  public Optional<Touch> find(TenantId tenant, LeadId lead, TouchId id) {
    return table.get(Keys.touch(tenant, lead, id), Touch.class);
  }

  /** All touches of a lead, by their number. */
  public List<Touch> of(TenantId tenant, LeadId lead) {
    return table.query(Keys.story(tenant, lead), "TOUCH#", Touch.class).stream()
        .sorted(Comparator.comparingInt(Touch::number))
        .toList();
  }

  static Item noted(TenantId tenant, Touch touch) {
    return Item.of(
        Keys.contacted(tenant, Suppression.hashOf(touch.to()), touch.id()),
        "contacted",
        new Contacted(touch.lead(), touch.id(), touch.purpose(), touch.sendAt()));
  }

  private static Item item(TenantId tenant, Touch touch) {
    return Item.of(Keys.touch(tenant, touch.lead(), touch.id()), "touch", touch);
  }

  /**
   * A message to an address.
   *
   * @param at when it is, or was, to be sent
   */
  public record Contacted(LeadId lead, TouchId touch, Purpose purpose, Instant at) {}
}
