package io.leadloom.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's open campaigns, those that are neither completed nor put away, as one: so that there
 * are never more than its plan allows, nor more than the whole of its leads allocated, whoever
 * changes them at the same time.
 */
public record CampaignRoster(List<Open> campaigns, long rev) {

  /** The most that can be allocated, in percent. */
  public static final int WHOLE = 100;

  /** Keeps a copy, in an order that does not depend on who was first. */
  public CampaignRoster {
    campaigns = campaigns.stream().sorted(Comparator.comparing(open -> open.id().value())).toList();
  }

  /**
   * An open campaign.
   *
   * @param allocation percentage of the leads that name no campaign; absent: none
   */
  public record Open(CampaignId id, Campaign.Status status, @Nullable Integer allocation) {

    static Open of(Campaign campaign) {
      return new Open(campaign.id(), campaign.status(), campaign.allocation());
    }

    private int share() {
      return status == Campaign.Status.ACTIVE && allocation != null ? allocation : 0;
    }

    private boolean takesLeads() {
      return status != Campaign.Status.DRAFT;
    }
  }

  /** The roster of campaigns that somebody kept, with the default one where nobody touched it. */
  public static CampaignRoster of(List<Campaign> kept) {
    var open = new ArrayList<>(kept.stream().filter(c -> !c.hasEnded()).map(Open::of).toList());
    if (kept.stream().noneMatch(campaign -> campaign.id().equals(Campaign.DEFAULT))) {
      open.add(new Open(Campaign.DEFAULT, Campaign.Status.ACTIVE, null));
    }
    return new CampaignRoster(open, 0);
  }

  /** How many campaigns are open. */
  public int size() {
    return campaigns.size();
  }

  /** Whether a campaign is open. */
  public boolean holds(CampaignId id) {
    return campaigns.stream().anyMatch(open -> open.id().equals(id));
  }

  /** What the active campaigns are allocated, in percent. */
  public int allocated() {
    return campaigns.stream().mapToInt(Open::share).sum();
  }

  /** The roster with a campaign as it is now. */
  public CampaignRoster with(Campaign campaign) {
    var others =
        new ArrayList<>(
            campaigns.stream().filter(open -> !open.id().equals(campaign.id())).toList());
    if (!campaign.hasEnded()) {
      others.add(Open.of(campaign));
    }
    return new CampaignRoster(others, rev);
  }

  /**
   * The campaign for a lead that names none: by the active campaigns' allocations, and the default
   * one for what they leave. The same company always gets the same one while these stay; where the
   * default campaign is over, the others share all of the leads in proportion.
   *
   * @return nothing where no campaign takes leads
   */
  public Optional<CampaignId> campaignFor(String companyKey) {
    var rest =
        campaigns.stream()
            .filter(open -> open.id().equals(Campaign.DEFAULT) && open.takesLeads())
            .map(Open::id)
            .findFirst();
    var of = rest.isPresent() ? WHOLE : allocated();
    if (of == 0) {
      return Optional.empty();
    }
    var place = placeOf(companyKey, of);
    for (var open : campaigns) {
      if (place < open.share()) {
        return Optional.of(open.id());
      }
      place -= open.share();
    }
    return rest;
  }

  private static int placeOf(String companyKey, int of) {
    var digits = Ids.hash("allocation", companyKey).substring(0, 12);
    return (int) (Long.parseLong(digits, 16) % of);
  }
}
