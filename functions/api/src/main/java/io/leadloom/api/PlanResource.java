package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Permission;
import io.leadloom.model.Plan;
import io.leadloom.model.Subscription;
import io.leadloom.model.Team;
import io.leadloom.model.Tenant;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Teams;
import io.leadloom.platform.Tenants;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an organisation subscribed to. */
@Singleton
final class PlanResource implements Resource {

  private final Tenants tenants;
  private final Teams teams;
  private final Campaigns campaigns;
  private final Audit audit;
  private final Clock clock;

  PlanResource(Tenants tenants, Teams teams, Campaigns campaigns, Audit audit, Clock clock) {
    this.tenants = tenants;
    this.teams = teams;
    this.campaigns = campaigns;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/plans", "listPlans")
            .does("Lists the plans, smallest first", Permission.READ_USAGE)
            .answers(PlanList.class, 200)
            .by(call -> Answer.ok(new PlanList(Plan.all().stream().map(PlanView::of).toList()))),
        Operation.get("/plan", "getPlan")
            .does("Shows what the organisation subscribed to", Permission.READ_USAGE)
            .answers(SubscriptionView.class, 200)
            .by(call -> answer(tenants.get(call.tenant()))),
        Operation.patch("/plan", "changePlan")
            .does(
                "Changes to another plan at once, or cancels at the end of the month: until then"
                    + " everything goes on, and cancelling can be taken back",
                Permission.WRITE_PLAN)
            .body(PlanChange.class)
            .answers(SubscriptionView.class, 200)
            .refuses(422)
            .by(this::change));
  }

  private Answer<SubscriptionView> change(Call<None, PlanChange> call) {
    var tenant = tenants.get(call.tenant());
    call.seen().require(tenant.rev());
    var now = clock.instant();
    var before = tenant.subscription();
    var wanted = call.body().plan() == null ? before.planId() : call.body().plan();
    var plan = Plan.all().stream().filter(known -> known.id().equals(wanted)).findFirst();
    if (plan.isEmpty()) {
      return Answer.refused(
          422, "plan.unknown", "There is no plan of that id; GET /v1/plans lists them");
    }
    if (before.standing(now) == Subscription.Standing.ENDED) {
      return Answer.refused(
          422, "subscription.ended", "The subscription has ended; ask us for a new one");
    }
    var tooSmall = tooSmall(tenant, plan.get(), now);
    if (tooSmall.isPresent()) {
      return Answer.refused(422, "plan.too-small", tooSmall.get());
    }
    var cancel = call.body().cancelled();
    var changed = before.changedTo(plan.get());
    tenants.subscribe(
        tenant, cancel == null ? changed : changed.endingAt(cancel ? monthEnd(now) : null), now);
    audit.record(
        call.tenant(),
        new AuditEntry(
            now,
            call.caller().actor(),
            "plan.changed",
            call.tenant().value(),
            plan.get().id() + (Boolean.TRUE.equals(cancel) ? ", cancelled" : "")));
    return answer(tenants.get(call.tenant()));
  }

  /** What the organisation has more of than the plan holds. */
  private Optional<String> tooSmall(Tenant tenant, Plan plan, Instant now) {
    var people = teams.find(tenant.id()).map(team -> team.seatsTaken(now)).orElse(0);
    if (people > Math.min(plan.seats(), Team.MOST_SEATS)) {
      return Optional.of(
          "%d seats are taken, and the plan has %d; remove members or invitations first"
              .formatted(people, plan.seats()));
    }
    var open = campaigns.roster(tenant.id()).size();
    if (open > plan.campaigns()) {
      return Optional.of(
          "%d campaigns are open, and the plan has %d; complete or delete some first"
              .formatted(open, plan.campaigns()));
    }
    return Optional.empty();
  }

  private static Instant monthEnd(Instant now) {
    return YearMonth.from(now.atZone(ZoneOffset.UTC))
        .plusMonths(1)
        .atDay(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private static Answer<SubscriptionView> answer(Tenant tenant) {
    var subscription = tenant.subscription();
    return Answer.ok(
        new SubscriptionView(
            PlanView.of(subscription.plan()), subscription.status(), subscription.endsAt()),
        tenant.rev());
  }

  /** The plans. */
  record PlanList(List<PlanView> plans) {}

  /** What an organisation subscribed to. */
  record SubscriptionView(
      PlanView plan,
      @About("While it is past due, enrichment and new messages wait for the payment")
          Subscription.Status status,
      @About("When it ends, for one that is cancelled") @Nullable Instant endsAt) {}

  /** What to change. */
  record PlanChange(
      @About("Id of the plan to have from now on") @Nullable @Length(max = 80) String plan,
      @About("True to end with the month, false to go on after all") @Nullable Boolean cancelled) {}
}
