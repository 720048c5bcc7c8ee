package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;

/** Who did what to what, when, and why. */
@Singleton
public final class Audit {

  private final Table table;

  Audit(Table table) {
    this.table = table;
  }

  /** Records an entry; the same entry again is one entry. */
  public void record(TenantId tenant, AuditEntry entry) {
    table.put(item(tenant, entry));
  }

  static Item item(TenantId tenant, AuditEntry entry) {
    var id = Ids.hash(entry.actor(), entry.action(), entry.subject()).substring(0, 16);
    return Item.of(Keys.audit(tenant, entry.at(), id), "audit", entry);
  }
}
