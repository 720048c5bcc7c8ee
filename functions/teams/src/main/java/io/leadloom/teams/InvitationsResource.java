package io.leadloom.teams;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.Invitation;
import io.leadloom.model.InvitationId;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.platform.SignedTokens;
import io.leadloom.platform.Teams;
import io.leadloom.platform.Tenants;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Range;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers to join an organisation. Whoever makes one passes its code on; only the person whose
 * verified address it is for can use it.
 */
@Singleton
final class InvitationsResource implements Resource {

  private static final int USUAL_DAYS = 7;

  private final Teams teams;
  private final Tenants tenants;
  private final SignedTokens tokens;
  private final Clock clock;

  InvitationsResource(Teams teams, Tenants tenants, SignedTokens tokens, Clock clock) {
    this.teams = teams;
    this.tenants = tenants;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/invitations", "listInvitations")
            .does("Lists the invitations that are open", Permission.READ_MEMBERS)
            .answers(InvitationList.class, 200)
            .by(this::list),
        Operation.post("/invitations", "invite")
            .does(
                "Invites an address; the code in the answer is shown this once",
                Permission.WRITE_MEMBERS)
            .body(NewInvitation.class)
            .answersSecret(MadeInvitation.class, 201)
            .by(this::invite),
        Operation.delete("/invitations/{invitationId}", "withdrawInvitation")
            .does("Withdraws an invitation", Permission.WRITE_MEMBERS)
            .answersNothing()
            .by(this::withdraw));
  }

  private Answer<InvitationList> list(Call<None, None> call) {
    var now = clock.instant();
    var team = teams.get(call.tenant());
    return Answer.ok(
        new InvitationList(
            team.invitations().stream()
                .filter(invitation -> invitation.openAt(now))
                .map(InvitationView::of)
                .toList()),
        team.rev());
  }

  private Answer<MadeInvitation> invite(Call<None, NewInvitation> call) {
    var id = InvitationId.of("invitation-" + call.effectId());
    var code = tokens.secretFor("invitation", call.tenant().value(), id.value());
    var now = clock.instant();
    var days = call.body().days() == null ? USUAL_DAYS : call.body().days();
    var wanted =
        new Invitation(
            id,
            call.body().email(),
            call.body().role(),
            Ids.hash(code),
            call.caller().actor(),
            now,
            now.plus(Duration.ofDays(days)));
    var seats = tenants.get(call.tenant()).subscription().plan().seats();
    var after =
        teams.change(
            call.tenant(),
            team ->
                team.findInvitation(id).isPresent()
                    ? team
                    : team.invite(call.caller().role(), wanted, seats),
            new AuditEntry(
                now,
                call.caller().actor(),
                "member.invited",
                id.value(),
                call.body().role().code()));
    var made = after.findInvitation(id).orElseThrow();
    if (!made.email().equalsIgnoreCase(wanted.email()) || made.role() != wanted.role()) {
      throw new ConflictException(
          "invitation.exists",
          "This Idempotency-Key made another invitation before; take a new one");
    }
    return Answer.created(new MadeInvitation(InvitationView.of(made), code));
  }

  private Answer<None> withdraw(Call<None, None> call) {
    var id = InvitationId.of(call.id("invitationId"));
    teams.change(
        call.tenant(),
        team -> {
          call.seen().require(team.rev());
          return team.withdraw(id);
        },
        new AuditEntry(
            clock.instant(), call.caller().actor(), "invitation.withdrawn", id.value(), ""));
    return Answer.nothing();
  }

  /** Whom to invite. */
  record NewInvitation(
      @Length(max = 254) @Form(pattern = Form.EMAIL) String email,
      @About("Up to one's own") Role role,
      @About("For how many days it is open; 7 if absent") @Nullable @Range(min = 1, max = 30)
          Integer days) {}

  /** An invitation, as the API shows it. */
  record InvitationView(
      String id,
      String email,
      Role role,
      @About("Actor who made it") String invitedBy,
      Instant invitedAt,
      Instant expiresAt) {

    static InvitationView of(Invitation invitation) {
      return new InvitationView(
          invitation.id().value(),
          invitation.email(),
          invitation.role(),
          invitation.invitedBy(),
          invitation.invitedAt(),
          invitation.expiresAt());
    }
  }

  /** An invitation just made. */
  record MadeInvitation(
      InvitationView invitation,
      @About("What the invited person sends to POST /v1/invitations/accept") String code) {}

  /** Those that are open. */
  record InvitationList(List<InvitationView> invitations) {}
}
