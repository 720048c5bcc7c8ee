package io.leadloom.teams;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Member;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.Team;
import io.leadloom.model.UserId;
import io.leadloom.platform.Teams;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The people of an organisation. It always has an owner, and nobody gives, takes or changes a role
 * above their own. The revision is the whole team's: two changes of it never cross.
 */
@Singleton
final class MembersResource implements Resource {

  private final Teams teams;
  private final Clock clock;

  MembersResource(Teams teams, Clock clock) {
    this.teams = teams;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/members", "listMembers")
            .does("Lists the people of the organisation, by address", Permission.READ_MEMBERS)
            .answers(MemberList.class, 200)
            .by(call -> {
              var team = teams.get(call.tenant());
              return Answer.ok(MemberList.of(team), team.rev());
            }),
        Operation.get("/members/{userId}", "getMember")
            .does("Shows one of the people", Permission.READ_MEMBERS)
            .answers(MemberView.class, 200)
            .by(call -> answer(teams.get(call.tenant()), user(call))),
        Operation.patch("/members/{userId}", "changeMember")
            .does("Gives a person another role, up to one's own", Permission.WRITE_MEMBERS)
            .body(MemberChange.class)
            .answers(MemberView.class, 200)
            .refuses(409)
            .by(this::change),
        Operation.delete("/members/{userId}", "removeMember")
            .does("Removes a person, who is out at once", Permission.WRITE_MEMBERS)
            .answersNothing()
            .refuses(409)
            .by(this::remove));
  }

  private Answer<MemberView> change(Call<None, MemberChange> call) {
    var user = user(call);
    var role = call.body().role();
    var after =
        teams.change(
            call.tenant(),
            team -> {
              call.seen().require(team.rev());
              return team.changeRole(call.caller().role(), user, role);
            },
            entry(call, "member.changed", role.code()));
    return answer(after, user);
  }

  private Answer<None> remove(Call<None, None> call) {
    teams.change(
        call.tenant(),
        team -> {
          call.seen().require(team.rev());
          return team.remove(call.caller().role(), user(call));
        },
        entry(call, "member.removed", ""));
    return Answer.nothing();
  }

  private AuditEntry entry(Call<?, ?> call, String action, String why) {
    return new AuditEntry(clock.instant(), call.caller().actor(), action, call.id("userId"), why);
  }

  private static Answer<MemberView> answer(Team team, UserId user) {
    return Answer.ok(MemberView.of(team.get(user)), team.rev());
  }

  private static UserId user(Call<?, ?> call) {
    return UserId.of(call.id("userId"));
  }

  /** What to change. */
  record MemberChange(Role role) {}

  /** One of the people. */
  record MemberView(String userId, String email, Role role, Instant joinedAt) {

    static MemberView of(Member member) {
      return new MemberView(
          member.user().value(), member.email(), member.role(), member.joinedAt());
    }
  }

  /** All of them. */
  record MemberList(List<MemberView> members) {

    static MemberList of(Team team) {
      return new MemberList(
          team.members().stream()
              .sorted(Comparator.comparing(Member::email))
              .map(MemberView::of)
              .toList());
    }
  }
}
