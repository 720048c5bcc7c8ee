package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.Permission;
import io.leadloom.model.Tenant;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Tenants;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Clearable;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Range;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Campaigns. The one called 'default' is always there. */
@Singleton
final class CampaignsResource implements Resource {

  private static final String LIST = "campaigns";
  private static final String ALLOCATION =
      "Percentage of the leads that name no campaign, while it is active; the default campaign gets"
          + " what the others leave";
  private static final String MODE =
      "Who decides on drafts; absent: as the organisation's settings say. Setting it needs"
          + " settings:write";

  private final Campaigns campaigns;
  private final Tenants tenants;
  private final Audit audit;
  private final Clock clock;

  CampaignsResource(Campaigns campaigns, Tenants tenants, Audit audit, Clock clock) {
    this.campaigns = campaigns;
    this.tenants = tenants;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/campaigns", "listCampaigns")
            .does("Lists the campaigns that were made, oldest first", Permission.READ_CAMPAIGNS)
            .query(PageQuery.class)
            .answers(CampaignPage.class, 200)
            .by(this::list),
        Operation.post("/campaigns", "createCampaign")
            .does("Makes a campaign, as a draft unless told otherwise", Permission.WRITE_CAMPAIGNS)
            .body(NewCampaign.class)
            .answers(CampaignView.class, 201)
            .by(this::create),
        Operation.get("/campaigns/{campaignId}", "getCampaign")
            .does("Shows a campaign", Permission.READ_CAMPAIGNS)
            .answers(CampaignView.class, 200)
            .by(call -> answer(campaigns.get(call.tenant(), id(call)))),
        Operation.patch("/campaigns/{campaignId}", "changeCampaign")
            .does(
                "Changes a campaign; what is absent stays. While it is paused its messages wait,"
                    + " and once it is completed only those who answered get any",
                Permission.WRITE_CAMPAIGNS)
            .body(CampaignChange.class)
            .answers(CampaignView.class, 200)
            .refuses(422)
            .by(this::change),
        Operation.delete("/campaigns/{campaignId}", "deleteCampaign")
            .does(
                "Puts a campaign away: it takes no leads, and only those who answered get messages",
                Permission.WRITE_CAMPAIGNS)
            .answersNothing()
            .refuses(422)
            .by(this::delete));
  }

  private Answer<CampaignPage> list(Call<PageQuery, None> call) {
    var most = call.query().most();
    var page = campaigns.list(call.tenant(), Cursor.position(LIST, call.query().cursor()), most);
    var next = page.size() < most ? null : Campaigns.place(call.tenant(), page.getLast());
    return Answer.ok(
        new CampaignPage(
            page.stream()
                .filter(campaign -> campaign.deletedAt() == null)
                .map(CampaignView::of)
                .toList(),
            Cursor.of(LIST, next)));
  }

  private Answer<CampaignView> create(Call<None, NewCampaign> call) {
    var id = CampaignId.of("campaign-" + call.effectId());
    var body = call.body();
    var status =
        Boolean.TRUE.equals(body.active()) ? Campaign.Status.ACTIVE : Campaign.Status.DRAFT;
    if (body.mode() != null) {
      call.caller().require(Permission.WRITE_SETTINGS);
    }
    var problem = NewIcp.problem(body.icp());
    if (problem.isPresent()) {
      return Answer.refused(422, NewIcp.CODE, problem.get());
    }
    var made = campaigns.find(call.tenant(), id);
    if (made.isPresent()) {
      return created(made.get());
    }
    var campaign =
        Campaign.made(id, body.name(), status, clock.instant())
            .allocated(body.allocation())
            .decidedBy(body.mode())
            .wanting(NewIcp.of(body.icp()));
    return kept(call, "campaign.created", campaign, CampaignsResource::created);
  }

  private static Answer<CampaignView> created(Campaign made) {
    return Answer.created("/v1/campaigns/" + made.id(), CampaignView.of(made), made.rev());
  }

  private Answer<CampaignView> change(Call<None, CampaignChange> call) {
    var campaign = present(call);
    call.seen().require(campaign.rev());
    var body = call.body();
    var name = body.name() == null ? campaign.name() : body.name();
    var status = body.status() == null ? campaign.status() : body.status();
    if (!campaign.status().leadsTo(status)) {
      return Answer.refused(
          422,
          "campaign.status",
          "A campaign that is %s cannot become %s; make another one"
              .formatted(code(campaign.status()), code(status)));
    }
    var problem = NewIcp.problem(body.icp());
    if (problem.isPresent()) {
      return Answer.refused(422, NewIcp.CODE, problem.get());
    }
    var changed = campaign.as(name, status, clock.instant());
    if (call.sent().contains("allocation")) {
      changed = changed.allocated(body.allocation());
    }
    if (call.sent().contains("mode") && body.mode() != campaign.mode()) {
      call.caller().require(Permission.WRITE_SETTINGS);
      changed = changed.decidedBy(body.mode());
    }
    if (call.sent().contains("icp")) {
      changed = changed.wanting(NewIcp.of(body.icp()));
    }
    return kept(call, "campaign.changed", changed, CampaignsResource::answer);
  }

  private Answer<CampaignView> kept(
      Call<?, ?> call,
      String action,
      Campaign campaign,
      Function<Campaign, Answer<CampaignView>> answer) {
    return switch (campaigns.keep(call.tenant(), campaign, most(call))) {
      case Campaigns.Kept.Done(var now) -> {
        record(call, action, now);
        yield answer.apply(now);
      }
      case Campaigns.Kept.TooMany tooMany ->
          Answer.refused(
              422,
              "plan.no-campaign",
              "The plan has %d campaigns, and all are open; complete or delete one, or change the"
                      .formatted(most(call))
                  + " plan");
      case Campaigns.Kept.Overallocated(var percentage) ->
          Answer.refused(
              422,
              "campaign.allocation",
              "The active campaigns would be allocated %d percent of the leads; take some from"
                      .formatted(percentage)
                  + " another one first");
    };
  }

  private int most(Call<?, ?> call) {
    return tenants.get(call.tenant()).subscription().plan().campaigns();
  }

  private Answer<None> delete(Call<None, None> call) {
    var campaign = campaigns.get(call.tenant(), id(call));
    call.seen().require(campaign.rev());
    if (campaign.id().equals(Campaign.DEFAULT)) {
      return Answer.refused(
          422, "campaign.default", "The default campaign stays; pause or complete it instead");
    }
    if (campaign.deletedAt() == null) {
      var deleted = campaign.deleted(clock.instant());
      campaigns.keep(call.tenant(), deleted, most(call));
      record(call, "campaign.deleted", deleted);
    }
    return Answer.nothing();
  }

  private Campaign present(Call<?, ?> call) {
    var campaign = campaigns.get(call.tenant(), id(call));
    if (campaign.deletedAt() != null) {
      throw new NotFoundException(
          "campaign.deleted", "The campaign '" + campaign.id() + "' was put away");
    }
    return campaign;
  }

  private void record(Call<?, ?> call, String action, Campaign campaign) {
    audit.record(
        call.tenant(),
        new AuditEntry(
            campaign.updatedAt(),
            call.caller().actor(),
            action,
            campaign.id().value(),
            code(campaign.status())));
  }

  private static String code(Campaign.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static Answer<CampaignView> answer(Campaign campaign) {
    return Answer.ok(CampaignView.of(campaign), campaign.rev());
  }

  private static CampaignId id(Call<?, ?> call) {
    return CampaignId.of(call.id("campaignId"));
  }

  /** A campaign to make. */
  record NewCampaign(
      @Length(max = 200) String name,
      @About("True to begin at once; else it is a draft") @Nullable Boolean active,
      @About(ALLOCATION) @Nullable @Range(max = 100) Integer allocation,
      @About(MODE) Tenant.@Nullable Mode mode,
      @Nullable NewIcp icp) {}

  /** What to change. */
  record CampaignChange(
      @Nullable @Length(max = 200) String name,
      Campaign.@Nullable Status status,
      @About(ALLOCATION) @Clearable @Nullable @Range(max = 100) Integer allocation,
      @About(MODE) @Clearable Tenant.@Nullable Mode mode,
      @Clearable @Nullable NewIcp icp) {}

  /** A campaign, as the API shows it. */
  record CampaignView(
      String id,
      String name,
      Campaign.Status status,
      @About(ALLOCATION) @Nullable Integer allocation,
      @About(MODE) Tenant.@Nullable Mode mode,
      @About("Absent: the organisation's") @Nullable IcpView icp,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant deletedAt) {

    static CampaignView of(Campaign campaign) {
      return new CampaignView(
          campaign.id().value(),
          campaign.name(),
          campaign.status(),
          campaign.allocation(),
          campaign.mode(),
          IcpView.of(campaign.icp()),
          campaign.createdAt(),
          campaign.updatedAt(),
          campaign.deletedAt());
    }
  }

  /** Campaigns of a list. */
  record CampaignPage(
      List<CampaignView> campaigns,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}
}
