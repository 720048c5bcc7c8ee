package io.leadloom.teams;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Person;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Teams;
import io.leadloom.platform.TenantScope;
import io.leadloom.platform.Tenants;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is about the caller itself: who it is, for which organisations a person works, and the end
 * of its session. A person who belongs to none may found one or accept an invitation.
 */
@Singleton
final class MeResource implements Resource {

  /** Longer than any token of a session lasts. */
  private static final Duration SESSIONS_END = Duration.ofDays(32);

  private final FoundTenant foundTenant;
  private final Tenants tenants;
  private final Teams teams;
  private final Sessions sessions;
  private final Clock clock;

  MeResource(
      FoundTenant foundTenant, Tenants tenants, Teams teams, Sessions sessions, Clock clock) {
    this.foundTenant = foundTenant;
    this.tenants = tenants;
    this.teams = teams;
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/me", "getMe")
            .doesForTheCaller("Tells who calls, for whom, and what these credentials may do")
            .answers(MeView.class, 200)
            .by(this::me),
        Operation.post("/tenants", "foundTenant")
            .doesForTheCaller(
                "Founds an organisation: the caller becomes its owner, and the caller's next token"
                    + " is for it")
            .body(NewTenant.class)
            .answers(TenantView.class, 201)
            .by(call ->
                Answer.created(
                    "/v1/me",
                    TenantView.of(
                        foundTenant.run(call.person(), call.body(), call.effectId()), Role.OWNER))),
        Operation.post("/me/tenant", "chooseTenant")
            .doesForTheCaller(
                "Chooses for which of the caller's organisations its next token is; this one stays"
                    + " as it is")
            .body(TenantChoice.class)
            .answers(TenantView.class, 200)
            .refuses(404)
            .by(this::choose),
        Operation.post("/me/leave", "leaveTenant")
            .doesForTheCaller("Leaves the organisation that the token is for")
            .answersNothing()
            .by(this::leave),
        Operation.post("/me/sign-out", "signOut")
            .doesForTheCaller("Ends the session: all of its tokens, at once")
            .answersNothing()
            .by(call -> {
              sessions.end(call.person().session(), clock.instant().plus(SESSIONS_END));
              return Answer.nothing();
            }),
        Operation.post("/invitations/accept", "acceptInvitation")
            .doesForTheCaller(
                "Joins the organisation that invited the caller's address; the next token is for"
                    + " it")
            .body(InvitationCode.class)
            .answers(TenantView.class, 200)
            .refuses(404)
            .by(this::accept));
  }

  private Answer<MeView> me(Call<None, None> call) {
    var caller = call.sender().identified();
    var person = call.sender().personally();
    return Answer.ok(
        new MeView(
            call.sender().actor(),
            person.map(p -> p.user().value()).orElse(null),
            person.map(Person::email).orElse(null),
            caller.map(c -> TenantView.of(tenants.get(c.tenant()), c.role())).orElse(null),
            caller.stream()
                .flatMap(c -> Arrays.stream(Permission.values()).filter(c::may))
                .map(Permission::code)
                .toList(),
            person.stream()
                .flatMap(p ->
                    teams.tenantsOf(p.user()).stream().flatMap(tenant -> view(tenant, p).stream()))
                .toList()));
  }

  /** A tenant as a member sees it; nothing where the person left it at this very moment. */
  private Optional<TenantView> view(TenantId tenant, Person person) {
    return TenantScope.of(
        tenant,
        () ->
            teams
                .find(tenant)
                .flatMap(team -> team.find(person.user()))
                .map(member -> TenantView.of(tenants.get(tenant), member.role())));
  }

  private Answer<TenantView> choose(Call<None, TenantChoice> call) {
    var tenant = TenantId.of(call.body().tenantId());
    var person = call.person();
    // One answer whether there is no such tenant or it is somebody else's.
    var view =
        view(tenant, person)
            .orElseThrow(() ->
                new NotFoundException(
                    "tenant.not-found", "You belong to no organisation '" + tenant + "'"));
    sessions.choose(person.user(), tenant);
    return Answer.ok(view);
  }

  private Answer<None> leave(Call<None, None> call) {
    var user = call.person().user();
    teams.change(
        call.tenant(),
        team -> team.find(user).isPresent() ? team.leave(user) : team,
        new AuditEntry(clock.instant(), call.caller().actor(), "member.left", user.value(), ""));
    return Answer.nothing();
  }

  private Answer<TenantView> accept(Call<None, InvitationCode> call) {
    var person = call.person();
    var codeHash = Ids.hash(call.body().code());
    var invited =
        teams
            .invitedBy(codeHash)
            .orElseThrow(() ->
                new NotFoundException(
                    "invitation.not-found", "No invitation with this code is open to you"));
    var tenant = invited.tenant();
    var view =
        TenantScope.of(
            tenant,
            () -> {
              var now = clock.instant();
              teams.change(
                  tenant,
                  team ->
                      // Who accepted and died before the answer has joined by now.
                      team.find(person.user()).isPresent()
                              && team.findInvitation(invited.invitation()).isEmpty()
                          ? team
                          : team.accept(
                              invited.invitation(), codeHash, person.user(), person.email(), now),
                  new AuditEntry(
                      now,
                      Caller.actor(person.user()),
                      "invitation.accepted",
                      invited.invitation().value(),
                      ""));
              return view(tenant, person).orElseThrow();
            });
    sessions.choose(person.user(), tenant);
    return Answer.ok(view);
  }

  /** An organisation of the caller's. */
  record TenantChoice(@Form(pattern = Form.ID) String tenantId) {}

  /** What an invited person shows. */
  record InvitationCode(@About("As whoever invited you got it") @Length(max = 100) String code) {}
}
