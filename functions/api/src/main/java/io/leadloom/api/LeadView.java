package io.leadloom.api;

import io.leadloom.model.Lead;
import io.leadloom.model.Stage;
import io.leadloom.model.Tenant;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A lead as the API shows it. */
@About("A company, and its chosen contact, considered for a campaign.")
record LeadView(
    String id,
    String campaignId,
    String pack,
    @About("Absent where the lead is older than the list of companies and was not changed since")
        @Nullable String companyId,
    CompanyView company,
    @About("Absent where nobody was found yet, or as companyId is") @Nullable String contactId,
    @Nullable ContactView contact,
    Stage stage,
    @About("Code that explains the stage") @Nullable String reason,
    @About("When it first reached each point of the funnel") Map<String, Instant> reached,
    @About("0 to 100") @Nullable Integer score,
    @Nullable String tier,
    @About("Our name for the portal or file whose record raised it") @Nullable String source,
    @About("Id of the member in whose care it is") @Nullable String owner,
    @About("Who decides on its drafts; absent: as its campaign has it") Tenant.@Nullable Mode mode,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  static LeadView of(Lead lead) {
    var contact = lead.contact();
    var reached = new TreeMap<String, Instant>();
    lead.reached()
        .forEach((milestone, at) -> reached.put(milestone.name().toLowerCase(Locale.ROOT), at));
    return new LeadView(
        lead.id().value(),
        lead.campaign().value(),
        lead.pack(),
        lead.companyId() == null ? null : Objects.toString(lead.companyId()),
        CompanyView.of(lead.company()),
        lead.contactId() == null ? null : Objects.toString(lead.contactId()),
        contact == null ? null : ContactView.of(contact),
        lead.stage(),
        lead.reason(),
        reached,
        lead.score(),
        lead.tier(),
        lead.source(),
        lead.owner(),
        lead.mode(),
        lead.createdAt(),
        lead.updatedAt(),
        lead.deletedAt());
  }
}
