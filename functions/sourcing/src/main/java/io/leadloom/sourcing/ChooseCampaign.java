package io.leadloom.sourcing;

import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.CampaignRoster;
import io.leadloom.model.Company;
import io.leadloom.model.Lead;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Leads;
import java.util.Comparator;
import java.util.Optional;

/**
 * The campaign for each company of an import: the one that the import names, or the one that the
 * allocations give. A company that is a lead of an open campaign already stays there when
 * allocations change, so that nobody is approached twice.
 */
final class ChooseCampaign {

  private final TenantId tenant;
  private final Leads leads;
  private final CampaignRoster roster;
  private final Optional<CampaignId> only;

  /**
   * Chooses for an import.
   *
   * @throws InvalidInputException where the campaign takes no leads
   */
  ChooseCampaign(TenantId tenant, CampaignId named, Campaigns campaigns, Leads leads) {
    this.tenant = tenant;
    this.leads = leads;
    this.roster = campaigns.roster(tenant);
    var isDefault = named.equals(Campaign.DEFAULT);
    this.only = isDefault && roster.allocated() > 0 ? Optional.empty() : Optional.of(named);
    if (only.isPresent() && campaigns.find(tenant, named).filter(Campaign::takesLeads).isEmpty()) {
      throw new InvalidInputException(
          "campaign.closed",
          "There is no campaign '%s' that takes leads; name one that is active or paused"
              .formatted(named));
    }
  }

  /** The campaign for a company. */
  CampaignId of(Company company) {
    return only.or(() -> present(company))
        .or(() -> roster.campaignFor(company.key()))
        .orElse(Campaign.DEFAULT);
  }

  private Optional<CampaignId> present(Company company) {
    var ids =
        roster.campaigns().stream()
            .map(open -> Lead.idOf(tenant, open.id(), company.key()))
            .toList();
    return leads.findAll(tenant, ids).stream()
        .map(Lead::campaign)
        .min(Comparator.comparing(CampaignId::value));
  }
}
