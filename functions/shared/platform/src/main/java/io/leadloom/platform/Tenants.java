package io.leadloom.platform;

import io.leadloom.model.Team;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tenants and what each decided about itself. */
@Singleton
public final class Tenants {

  private final Table table;

  Tenants(Table table) {
    this.table = table;
  }

  /** Adds a tenant unless there is one of that id; tells whether it did. */
  public boolean create(Tenant tenant) {
    return table.together(row(tenant).toArray(Write[]::new));
  }

  /** Adds a tenant with its people unless there is one of that id; tells whether it did. */
  public boolean create(Tenant tenant, Team team) {
    var writes = row(tenant);
    writes.addAll(Teams.first(tenant.id(), team));
    return table.together(writes.toArray(Write[]::new));
  }

  private static List<Write> row(Tenant tenant) {
    var writes = new ArrayList<Write>();
    writes.add(new Write.IfAbsent(Item.of(Keys.tenantRow(tenant.id()), "tenant", tenant)));
    writes.add(
        new Write.Always(
            Item.of(
                Keys.tenantListed(tenant.id()),
                "tenantListed",
                Map.of("id", tenant.id().value()))));
    return writes;
  }

  /** Replaces a tenant's settings at the revision that was read. */
  public void change(Tenant tenant) {
    table.replace(Item.of(Keys.tenantRow(tenant.id()), "tenant", tenant), tenant.rev());
  }

  /** The tenant of that id. */
  public Optional<Tenant> find(TenantId id) {
    return table.get(Keys.tenantRow(id), Tenant.class);
  }

  /** The tenant of that id; {@link NotFoundException} where there is none. */
  public Tenant get(TenantId id) {
    return find(id)
        .orElseThrow(
            () -> new NotFoundException("tenant.not-found", "There is no tenant '" + id + "'"));
  }

  /** All tenants' ids, in alphabetical order. */
  public List<TenantId> ids() {
    return table.query(Keys.tenants(), "", Listed.class).stream()
        .map(listed -> TenantId.of(listed.id()))
        .toList();
  }

  private record Listed(String id) {}
}
