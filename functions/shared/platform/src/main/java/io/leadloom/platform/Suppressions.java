package io.leadloom.platform;

import io.leadloom.model.Suppression;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The standing rules "do not contact": a tenant's own, and those of the whole platform. */
@Singleton
public final class Suppressions {

  private final Table table;

  Suppressions(Table table) {
    this.table = table;
  }

  /** Suppresses an address for a tenant; the first reason stays. */
  public void add(TenantId tenant, Suppression suppression) {
    table.putIfAbsent(
        Item.of(Keys.suppression(tenant, suppression.hash()), "suppression", suppression));
  }

  /** Suppresses an address for all tenants, such as one that hard-bounced or complained. */
  public void addForAll(Suppression suppression) {
    table.putIfAbsent(
        Item.of(Keys.suppressionOfAll(suppression.hash()), "suppression", suppression));
  }

  /** The first rule that forbids to contact an address, if there is one. */
  public Optional<Suppression> match(TenantId tenant, String address) {
    var hash = Suppression.hashOf(address);
    return table
        .getAll(
            List.of(Keys.suppression(tenant, hash), Keys.suppressionOfAll(hash)), Suppression.class)
        .stream()
        .min(Comparator.comparing(Suppression::at));
  }
}
