package io.leadloom.lifecycle;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Removes leads for good that were put away long ago. Until then they can be restored. */
@Singleton
final class PurgeDeleted {

  /** How long a lead that was put away can be restored. */
  static final Duration GRACE = Duration.ofDays(30);

  /** The most leads of a tenant that one run removes; the next run goes on. */
  private static final int AT_ONCE = 500;

  private final Tenants tenants;
  private final Leads leads;
  private final Clock clock;

  PurgeDeleted(Tenants tenants, Leads leads, Clock clock) {
    this.tenants = tenants;
    this.leads = leads;
    this.clock = clock;
  }

  /** Tells how many it removed. */
  int run() {
    var now = clock.instant();
    return tenants.ids().stream().mapToInt(tenant -> purge(tenant, now)).sum();
  }

  private int purge(TenantId tenant, Instant now) {
    var over = now.minus(GRACE);
    var removed = 0;
    for (var listed : leads.deletedBefore(tenant, over, AT_ONCE)) {
      // The list may be behind: what counts is the lead itself.
      var lead = leads.find(tenant, listed.id());
      if (lead.filter(found -> isOver(found.deletedAt(), over)).isPresent()) {
        leads.purge(
            lead.get(),
            new AuditEntry(now, "rule:retention", "lead.purged", listed.id().value(), ""));
        removed++;
      }
    }
    return removed;
  }

  private static boolean isOver(@Nullable Instant deletedAt, Instant over) {
    return deletedAt != null && deletedAt.isBefore(over);
  }
}
