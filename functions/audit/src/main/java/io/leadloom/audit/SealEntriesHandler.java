package io.leadloom.audit;

import io.leadloom.model.Seal;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Change;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StreamHandler;
import io.leadloom.platform.Wiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Follows the table's stream and seals each new entry of the audit. */
public final class SealEntriesHandler extends StreamHandler {

  private final SealEntries sealEntries;

  /** Called by the Lambda runtime, once per execution environment. */
  public SealEntriesHandler() {
    this(Wiring.bean(SealEntries.class), Wiring.bean(Invocations.class));
  }

  SealEntriesHandler(SealEntries sealEntries, Invocations invocations) {
    super(invocations);
    this.sealEntries = sealEntries;
  }

  @Override
  protected void handle(List<Change> changes) {
    var entries = new LinkedHashMap<TenantId, List<Seal.Entry>>();
    for (var change : changes) {
      Audit.entry(change)
          .ifPresent(
              entry -> entries.computeIfAbsent(change.tenant(), _ -> new ArrayList<>()).add(entry));
    }
    entries.forEach(sealEntries::run);
  }
}
