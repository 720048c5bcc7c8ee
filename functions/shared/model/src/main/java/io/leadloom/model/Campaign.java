package io.leadloom.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's named effort, to which leads belong.
 *
 * @param allocation percentage of the leads that name no campaign, while it is active; absent: none
 * @param mode who decides on its drafts; absent: as the tenant has it
 * @param icp the customers it wants; absent: the tenant's
 * @param deletedAt when somebody put it away
 * @param rev counts the changes; 0 for the default campaign that nobody changed yet
 */
@RecordBuilder
public record Campaign(
    CampaignId id,
    String name,
    Status status,
    @Nullable Integer allocation,
    Tenant.@Nullable Mode mode,
    @Nullable Icp icp,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt,
    long rev) {

  /** The campaign that every tenant has, and that leads belong to unless told otherwise. */
  public static final CampaignId DEFAULT = CampaignId.of("default");

  /** How it stands. */
  public enum Status {
    /** Being prepared: it takes no leads. */
    DRAFT,
    /** It takes leads, and messages go out. */
    ACTIVE,
    /** It takes leads, but messages wait. */
    PAUSED,
    /** It takes no leads, and goes on only with those who answered. */
    COMPLETED;

    /** Whether a campaign can go on to another status; completed is for good. */
    public boolean leadsTo(Status next) {
      return this == next
          || switch (this) {
            case DRAFT -> next == ACTIVE;
            case ACTIVE, PAUSED -> next != DRAFT;
            case COMPLETED -> false;
          };
    }
  }

  /** A campaign just made. */
  public static Campaign made(CampaignId id, String name, Status status, Instant now) {
    return new Campaign(id, name, status, null, null, null, now, now, null, 0);
  }

  /** The same campaign under this name and status. */
  public Campaign as(String newName, Status newStatus, Instant now) {
    return CampaignBuilder.builder(this).name(newName).status(newStatus).updatedAt(now).build();
  }

  /** The same campaign with this share of the leads that name none; none where it is null. */
  public Campaign allocated(@Nullable Integer percentage) {
    return CampaignBuilder.builder(this).allocation(percentage).build();
  }

  /** The same campaign with others deciding on its drafts; as the tenant has it, for null. */
  public Campaign decidedBy(Tenant.@Nullable Mode newMode) {
    return CampaignBuilder.builder(this).mode(newMode).build();
  }

  /** The same campaign for these customers; the tenant's, for null. */
  public Campaign wanting(@Nullable Icp customers) {
    return CampaignBuilder.builder(this).icp(customers).build();
  }

  /** The same campaign, put away. */
  public Campaign deleted(Instant now) {
    return CampaignBuilder.builder(this).updatedAt(now).deletedAt(now).build();
  }

  /** The same campaign as it is when it is kept for the first time. */
  public Campaign atFirstRevision() {
    return CampaignBuilder.builder(this).rev(1).build();
  }

  /** Whether new leads may belong to it. */
  public boolean takesLeads() {
    return deletedAt == null && (status == Status.ACTIVE || status == Status.PAUSED);
  }

  /** Whether its messages wait. */
  public boolean holdsMessages() {
    return deletedAt == null && status == Status.PAUSED;
  }

  /** Whether it writes to nobody who did not answer. */
  public boolean hasEnded() {
    return deletedAt != null || status == Status.COMPLETED;
  }
}
