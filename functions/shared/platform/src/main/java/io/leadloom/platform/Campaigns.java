package io.leadloom.platform;

import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.CampaignRoster;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The campaigns. The default one is there, and active, before anybody changes it. */
@Singleton
public final class Campaigns {

  private static final int ATTEMPTS = 5;

  /** More than anybody made while no roster was kept of them. */
  private static final int MOST_BEFORE_ROSTERS = 1_000;

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

  /** What came of keeping a campaign. */
  public sealed interface Kept {

    /** It is kept, and is this now. */
    record Done(Campaign campaign) implements Kept {}

    /** The plan has no room for one more that is open. */
    record TooMany() implements Kept {}

    /** All active campaigns together would be allocated more than the whole. */
    record Overallocated(int percentage) implements Kept {}
  }

  /**
   * Keeps a campaign at the revision that was read, which is 0 for a new one.
   *
   * @param most how many campaigns may be open at once, for one that is not yet
   * @throws ConflictException where somebody else changed it since
   */
  public Kept keep(TenantId tenant, Campaign campaign, int most) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var before = roster(tenant);
      var after = before.with(campaign);
      if (after.holds(campaign.id()) && !before.holds(campaign.id()) && after.size() > most) {
        return new Kept.TooMany();
      }
      if (after.allocated() > Math.max(before.allocated(), CampaignRoster.WHOLE)) {
        return new Kept.Overallocated(after.allocated());
      }
      if (table.together(written(tenant, campaign), written(tenant, after))) {
        return new Kept.Done(get(tenant, campaign.id()));
      }
      if (find(tenant, campaign.id()).map(Campaign::rev).orElse(0L) != campaign.rev()) {
        throw new ConflictException(
            "table.changed", "The campaign '" + campaign.id() + "' was changed by somebody else");
      }
    }
    throw new TransientException(
        "campaigns.busy", "The campaigns of '" + tenant + "' are changed by others all the time");
  }

  /** The campaigns that are open. */
  public CampaignRoster roster(TenantId tenant) {
    return table
        .get(Keys.campaignRoster(tenant), CampaignRoster.class)
        .orElseGet(() -> {
          var kept = new ArrayList<>(list(tenant, null, MOST_BEFORE_ROSTERS));
          kept.removeIf(campaign -> campaign.id().equals(Campaign.DEFAULT));
          table.get(Keys.campaign(tenant, Campaign.DEFAULT), Campaign.class).ifPresent(kept::add);
          return CampaignRoster.of(kept);
        });
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

  private static Write written(TenantId tenant, Campaign campaign) {
    return campaign.rev() > 0
        ? new Write.Replacing(item(tenant, campaign), campaign.rev())
        : new Write.IfAbsent(item(tenant, campaign.atFirstRevision()));
  }

  private static Write written(TenantId tenant, CampaignRoster roster) {
    var key = Keys.campaignRoster(tenant);
    return roster.rev() > 0
        ? new Write.Replacing(Item.of(key, "campaignRoster", roster), roster.rev())
        : new Write.IfAbsent(
            Item.of(key, "campaignRoster", new CampaignRoster(roster.campaigns(), 1)));
  }

  private static Item item(TenantId tenant, Campaign campaign) {
    return Item.of(Keys.campaign(tenant, campaign.id()), "campaign", campaign)
        .indexed(Keys.listedCampaign(tenant, campaign));
  }
}
