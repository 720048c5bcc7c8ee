package io.leadloom.platform;

import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.PermitRow;
import io.leadloom.model.Signal;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows that sources brought, each kept once with what became of it. */
@Singleton
public final class Permits {

  private final Table table;

  Permits(Table table) {
    this.table = table;
  }

  /** What became of a row that was brought before. */
  public Optional<PermitRow> find(TenantId tenant, String permitKey, String contentHash) {
    return table.get(Keys.permitRow(tenant, permitKey, contentHash), PermitRow.class);
  }

  /** What became of those of these rows that were brought before. */
  public Map<PermitRow.Version, PermitRow> find(
      TenantId tenant, Collection<PermitRow.Version> versions) {
    var keys =
        versions.stream()
            .distinct()
            .map(v -> Keys.permitRow(tenant, v.permitKey(), v.contentHash()))
            .toList();
    return table.getAll(keys, PermitRow.class).stream()
        .collect(Collectors.toMap(PermitRow::version, Function.identity()));
  }

  /** Notes that a row was brought once more; its fate stays. */
  public void seen(TenantId tenant, PermitRow row) {
    table.put(item(tenant, row));
  }

  /** Keeps a row from which nothing follows. */
  public void setAside(TenantId tenant, PermitRow row) {
    table.putIfAbsent(item(tenant, row));
  }

  /**
   * Keeps a row with the lead it raises, the lead's company and the signal, all or nothing.
   *
   * @return the row as it is kept: raising the lead, or joining it where the lead was there already
   */
  public PermitRow raise(TenantId tenant, PermitRow row, Lead lead, Signal signal) {
    var writes = new ArrayList<Write>();
    writes.add(new Write.IfAbsent(item(tenant, row)));
    writes.add(new Write.IfAbsent(Leads.item(lead)));
    writes.add(new Write.Always(Leads.item(tenant, lead.id(), signal)));
    writes.addAll(Companies.raising(lead));
    if (table.together(writes.toArray(Write[]::new))) {
      return row;
    }
    return join(tenant, row, lead.id(), signal);
  }

  /**
   * Keeps a row with its signal for a lead that is there, all or nothing.
   *
   * @return the row as it is kept: joining the lead, unless it was kept otherwise before
   */
  public PermitRow join(TenantId tenant, PermitRow brought, LeadId lead, Signal signal) {
    var row = brought.joined();
    if (table.together(
        new Write.IfAbsent(item(tenant, row)),
        new Write.Always(Leads.item(tenant, lead, signal)))) {
      return row;
    }
    return find(tenant, row.permitKey(), row.contentHash())
        .orElseThrow(() -> new TransientException("permit.busy", "A row is being written by two"));
  }

  /** How far a source was read: whatever its reader needs to go on, as text. */
  public Optional<String> cursor(TenantId tenant, String source) {
    return table.get(Keys.cursor(tenant, source), Cursor.class).map(Cursor::position);
  }

  /** Notes how far a source was read. */
  public void moveCursor(TenantId tenant, String source, String position) {
    table.put(Item.of(Keys.cursor(tenant, source), "cursor", new Cursor(position)));
  }

  private static Item item(TenantId tenant, PermitRow row) {
    return Item.of(Keys.permitRow(tenant, row.permitKey(), row.contentHash()), "permitRow", row);
  }

  private record Cursor(String position) {}
}
