package io.leadloom.platform;

import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The campaigns. The default one is there, and active, before anybody changes it. */
@Singleton
public final class Campaigns {

  private final Table table;

  Campaigns(Table table) {
    this.table = table;
  }

  /** The campaign of that id. */
  public Optional<Campaign> find(TenantId tenant, CampaignId id) {
    return table
        .get(Keys.campaign(tenant, id), Campaign.class)
        .or(() -> id.equals(Campaign.DEFAULT) ? Optional.of(untouched()) : Optional.empty());
  }

  /** The campaign of that id; {@link NotFoundException} where the tenant has none. */
  public Campaign get(TenantId tenant, CampaignId id) {
    return find(tenant, id)
        .orElseThrow(
            () -> new NotFoundException("campaign.not-found", "There is no campaign '" + id + "'"));
  }

  /**
   * Keeps a campaign at the revision that was read, which is 0 for a new one.
   *
   * @return the campaign as it is now
   * @throws ConflictException where somebody else changed it since
   */
  public Campaign keep(TenantId tenant, Campaign campaign) {
    if (campaign.rev() > 0) {
      table.replace(item(tenant, campaign), campaign.rev());
    } else if (!table.putIfAbsent(item(tenant, first(campaign)))) {
      throw new ConflictException(
          "campaign.changed", "The campaign '" + campaign.id() + "' was changed by somebody else");
    }
    return get(tenant, campaign.id());
  }

  /**
   * Campaigns that come after one of them, oldest first; those that were put away among them.
   *
   * @param after place of the last one seen, as {@link #place} tells; null to start
   */
  public List<Campaign> list(TenantId tenant, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.campaigns(tenant), false, after, limit, Campaign.class);
  }

  /** Where a campaign stands in the list. */
  public static String place(TenantId tenant, Campaign campaign) {
    return Keys.listedCampaign(tenant, campaign).sk();
  }

  private static Campaign untouched() {
    return Campaign.made(Campaign.DEFAULT, "Default", Campaign.Status.ACTIVE, Instant.EPOCH);
  }

  private static Campaign first(Campaign campaign) {
    return new Campaign(
        campaign.id(),
        campaign.name(),
        campaign.status(),
        campaign.createdAt(),
        campaign.updatedAt(),
        campaign.deletedAt(),
        1);
  }

  private static Item item(TenantId tenant, Campaign campaign) {
    return Item.of(Keys.campaign(tenant, campaign.id()), "campaign", campaign)
        .indexed(Keys.listedCampaign(tenant, campaign));
  }
}
