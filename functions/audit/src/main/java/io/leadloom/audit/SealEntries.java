package io.leadloom.audit;

import io.leadloom.model.Seal;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Audit;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals entries of a tenant's audit, each once: a seal is kept only as the next of its tenant, and
 * only with entries that no other covers. So it does not matter who else seals at the same time,
 * nor how often it is told of an entry.
 */
@Singleton
final class SealEntries {

  private static final Logger LOG = LoggerFactory.getLogger(SealEntries.class);
  private static final int ATTEMPTS = 10;

  private final Audit audit;
  private final Clock clock;

  SealEntries(Audit audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  void run(TenantId tenant, List<Seal.Entry> entries) {
    var sorted = entries.stream().distinct().sorted(Comparator.comparing(Seal.Entry::key)).toList();
    for (var from = 0; from < sorted.size(); from += Audit.MOST_SEALED) {
      sealAll(tenant, sorted.subList(from, Math.min(from + Audit.MOST_SEALED, sorted.size())));
    }
  }

  private void sealAll(TenantId tenant, List<Seal.Entry> entries) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var unsealed =
          audit.unsealed(tenant, entries).stream()
              .sorted(Comparator.comparing(Seal.Entry::key))
              .toList();
      if (unsealed.isEmpty()) {
        return;
      }
      var last = audit.lastSeal(tenant).orElse(null);
      var seal = Seal.after(last, clock.instant(), unsealed);
      if (audit.seal(tenant, seal)) {
        // The log is a witness that whoever can write to the table cannot change.
        LOG.info(
            "Seal {} of {} covers {} entries in all: {}",
            seal.number(),
            tenant,
            seal.total(),
            seal.hash());
        return;
      }
    }
    throw new TransientException("audit.busy", "The audit of '" + tenant + "' is sealed by others");
  }
}
