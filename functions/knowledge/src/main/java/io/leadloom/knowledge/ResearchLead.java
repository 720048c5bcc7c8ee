package io.leadloom.knowledge;

import io.leadloom.model.LeadId;
import io.leadloom.model.Research;
import io.leadloom.model.TenantId;
import io.leadloom.packs.Packs;
import io.leadloom.packs.PermitFacts;
import io.leadloom.platform.Leads;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Finds what the trade's pack knows that bears on a lead, and keeps it with the lead. */
@Singleton
final class ResearchLead {

  private final Leads leads;
  private final Packs packs;
  private final Clock clock;

  ResearchLead(Leads leads, Packs packs, Clock clock) {
    this.leads = leads;
    this.packs = packs;
    this.clock = clock;
  }

  Research run(TenantId tenant, LeadId id) {
    var lead = leads.get(tenant, id);
    var permits =
        leads.signals(tenant, id).stream().map(signal -> PermitFacts.of(signal.permit())).toList();
    var research =
        Findings.of(packs.load(lead.pack()).research(), lead.company(), permits, clock.instant());
    leads.put(tenant, id, research);
    return research;
  }
}
