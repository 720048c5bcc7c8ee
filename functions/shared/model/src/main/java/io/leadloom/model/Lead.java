package io.leadloom.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A company, and its chosen contact, considered for one campaign.
 *
 * @param pack id of the trade's pack
 * @param zone id of the time zone its contact lives in
 * @param reason code that explains the stage, such as {@code reply.not-interested}
 * @param reached when it first reached each point of the funnel
 * @param score 0 to 100
 * @param source our name for the portal or file whose record raised it
 * @param owner the member in whose care it is
 * @param deletedAt when somebody put it away
 * @param mode who decides on its drafts; absent: as its campaign has it
 * @param companyId what its company is filed under; absent until it is
 * @param contactId what its contact is filed under; absent until it is
 * @param rev counts the changes; a write names the revision it saw
 */
@RecordBuilder
public record Lead(
    TenantId tenant,
    LeadId id,
    CampaignId campaign,
    String pack,
    Company company,
    @Nullable Contact contact,
    @Nullable String zone,
    Stage stage,
    @Nullable String reason,
    Map<Milestone, Instant> reached,
    @Nullable Integer score,
    @Nullable String tier,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String source,
    @Nullable String owner,
    @Nullable Instant deletedAt,
    Tenant.@Nullable Mode mode,
    @Nullable CompanyId companyId,
    @Nullable ContactId contactId,
    long rev) {

  /** Keeps a copy of what was reached. */
  public Lead {
    reached = Map.copyOf(reached);
  }

  /**
   * The id of the one lead that a campaign can have for a company. Tenants never share one: a
   * lead's execution has its id for a name.
   */
  public static LeadId idOf(TenantId tenant, CampaignId campaign, String companyKey) {
    return LeadId.of(Ids.derive("lead", tenant.value(), campaign.value(), companyKey));
  }

  /** A lead just raised by a signal. */
  public static Lead raised(
      TenantId tenant,
      CampaignId campaign,
      String pack,
      Company company,
      @Nullable String zone,
      Instant now) {
    return LeadBuilder.builder()
        .tenant(tenant)
        .id(idOf(tenant, campaign, company.key()))
        .campaign(campaign)
        .pack(pack)
        .company(company)
        .companyId(CompanyProfile.idOf(company.key()))
        .zone(zone)
        .stage(Stage.NEW)
        .reached(Map.of())
        .createdAt(now)
        .updatedAt(now)
        .build();
  }

  /** The same lead, having come from this source. */
  public Lead from(String newSource) {
    return LeadBuilder.builder(this).source(newSource).build();
  }

  /** The same lead in the care of a member, or of nobody. */
  public Lead ownedBy(@Nullable String member, Instant now) {
    return LeadBuilder.builder(this).owner(member).updatedAt(now).build();
  }

  /** The same lead with others deciding on its drafts; as its campaign has it, for null. */
  public Lead decidedBy(Tenant.@Nullable Mode newMode, Instant now) {
    return LeadBuilder.builder(this).mode(newMode).updatedAt(now).build();
  }

  /** The same lead, put away; nothing is sent to it while it is. */
  public Lead deleted(Instant now) {
    return LeadBuilder.builder(this).updatedAt(now).deletedAt(now).build();
  }

  /** The same lead, taken back. */
  public Lead restored(Instant now) {
    return LeadBuilder.builder(this).updatedAt(now).deletedAt(null).build();
  }

  /** Whether somebody put it away. */
  public boolean isDeleted() {
    return deletedAt != null;
  }

  /** The same lead at another stage. */
  public Lead at(Stage newStage, @Nullable String why, Instant now) {
    return LeadBuilder.builder(this).stage(newStage).reason(why).updatedAt(now).build();
  }

  /** The same lead, having reached a milestone; the first time counts. */
  public Lead reaching(Milestone milestone, Instant now) {
    var all = new EnumMap<Milestone, Instant>(Milestone.class);
    all.putAll(reached);
    all.putIfAbsent(milestone, now);
    return LeadBuilder.builder(this).reached(all).updatedAt(now).build();
  }

  /** The same lead with what enrichment found, which is yet to be filed. */
  public Lead enriched(
      Company found, @Nullable Contact person, @Nullable String newZone, Instant now) {
    return LeadBuilder.builder(this)
        .company(found)
        .contact(person)
        .contactId(null)
        .zone(newZone)
        .updatedAt(now)
        .build();
  }

  /** Whether its company and contact are filed. */
  public boolean filed() {
    return companyId != null && (contact == null || contactId != null);
  }

  /** The same lead, filed under these, and with what a person corrected of them. */
  public Lead filedUnder(CompanyProfile itsCompany, @Nullable ContactProfile itsContact) {
    return LeadBuilder.builder(this)
        .companyId(itsCompany.id())
        .company(itsCompany.corrections().on(company))
        .contactId(itsContact == null ? null : itsContact.id())
        .contact(itsContact == null ? null : itsContact.contact())
        .build();
  }

  /** The same lead with what a person corrected of its company. */
  public Lead corrected(CompanyCorrection correction) {
    return LeadBuilder.builder(this).company(correction.on(company)).build();
  }

  /** The same lead, its company described as it is known now. */
  public Lead following(Company known, Instant now) {
    var described = company.describedAs(known);
    return described.equals(company)
        ? this
        : LeadBuilder.builder(this).company(described).updatedAt(now).build();
  }

  /** The same lead, its contact as it is known now. */
  public Lead following(Contact known, Instant now) {
    return known.equals(contact)
        ? this
        : LeadBuilder.builder(this).contact(known).updatedAt(now).build();
  }

  /** The same lead with its score. */
  public Lead scored(int points, String newTier, Instant now) {
    return LeadBuilder.builder(this).score(points).tier(newTier).updatedAt(now).build();
  }

  /** Whether nothing more will happen to it by itself. */
  public boolean ended() {
    return switch (stage) {
      case BOOKED, NURTURE, CLOSED, SUPPRESSED, FAILED -> true;
      case NEW, ENRICHED, QUALIFIED, AWAITING_APPROVAL, SCHEDULED, CONTACTED, IN_CONVERSATION ->
          false;
    };
  }

  /**
   * Whether it was decided that nothing more happens to it; one that a fault stopped goes on once
   * an operator has it redriven.
   */
  public boolean settled() {
    return ended() && stage != Stage.FAILED;
  }
}
