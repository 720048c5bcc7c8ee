package io.leadloom.platform;

import io.leadloom.model.TenantId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * For which tenant the thread works at the moment. Within a scope the table is reached with
 * credentials that open this tenant's keys only (see {@link TenantPolicy}), so a mistake in a key
 * finds nothing instead of somebody else's data.
 */
public final class TenantScope {

  private static final ScopedValue<Optional<TenantId>> CURRENT = ScopedValue.newInstance();

  private TenantScope() {}

  /** Does some work for a tenant, and for no other. */
  public static <T> T of(TenantId tenant, Supplier<T> work) {
    return ScopedValue.where(CURRENT, Optional.of(tenant)).call(work::get);
  }

  /** Does some work that is about a person, not about a tenant. */
  static <T> T ofNoTenant(Supplier<T> work) {
    return ScopedValue.where(CURRENT, Optional.empty()).call(work::get);
  }

  /** The tenant for which this thread works, where it is bound to one. */
  public static Optional<TenantId> current() {
    return CURRENT.isBound() ? CURRENT.get() : Optional.empty();
  }
}
