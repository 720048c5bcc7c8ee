package io.leadloom.platform;

import io.leadloom.model.Suppression;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        Item.of(Keys.suppression(tenant, suppression.hash()), "suppression", suppression)
            .indexed(Keys.listedSuppression(tenant, suppression.at(), suppression.hash())));
  }

  /**
   * A tenant's own suppressions that come after one of them, latest first.
   *
   * @param after place of the last one seen, as {@link #place} tells; null to start
   */
  public List<Suppression> list(TenantId tenant, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.suppressions(tenant), true, after, limit, Suppression.class);
  }

  /** Where a suppression stands in the list. */
  public static String place(TenantId tenant, Suppression suppression) {
    return Keys.listedSuppression(tenant, suppression.at(), suppression.hash()).sk();
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
