package io.leadloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamTest {

  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final UserId OWNER = UserId.of("olga");
  private static final UserId ADMIN = UserId.of("adam");
  private static final UserId MEMBER = UserId.of("mila");

  private final Team team =
      joined(
          joined(Team.of(TenantId.of("acme"), OWNER, "Olga@Acme.example", NOW), ADMIN, Role.ADMIN),
          MEMBER,
          Role.MEMBER);

  @Test
  void theFounderOwnsIt() {
    assertThat(team.get(OWNER)).isEqualTo(new Member(OWNER, "olga@acme.example", Role.OWNER, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "admin, owner, false",
    "admin, admin, true",
    "member, admin, false",
    "viewer, viewer, true",
    "owner, owner, true"
  })
  void nobodyGivesMoreThanTheyAre(String by, String role, boolean allowed) {
    ThrowingCallable invite =
        () -> team.invite(Role.of(by), invitation("new@acme.example", Role.of(role)), 10);
    ThrowingCallable change = () -> team.changeRole(Role.of(by), MEMBER, Role.of(role));
    if (allowed) {
      org.assertj.core.api.Assertions.assertThatCode(invite).doesNotThrowAnyException();
    } else {
      refused(invite, "role.too-low");
      refused(change, "role.too-low");
    }
  }

  @Test
  void nobodyChangesOrRemovesWhoIsAboveThem() {
    refused(() -> team.changeRole(Role.ADMIN, OWNER, Role.VIEWER), "role.too-low");
    refused(() -> team.remove(Role.ADMIN, OWNER), "role.too-low");
    refused(() -> team.remove(Role.MEMBER, ADMIN), "role.too-low");
    assertThat(team.remove(Role.ADMIN, MEMBER).find(MEMBER)).isEmpty();
    assertThat(team.leave(MEMBER).find(MEMBER)).isEmpty();
  }

  @Test
  void theLastOwnerStays() {
    refused(() -> team.remove(Role.OWNER, OWNER), "member.last-owner");
    refused(() -> team.leave(OWNER), "member.last-owner");
    refused(() -> team.changeRole(Role.OWNER, OWNER, Role.ADMIN), "member.last-owner");
    var two = team.changeRole(Role.OWNER, ADMIN, Role.OWNER);
    assertThat(two.remove(Role.OWNER, OWNER).get(ADMIN).role()).isEqualTo(Role.OWNER);
  }

  @Test
  void openInvitationsTakeSeatsUntilTheyExpire() {
    var four = team.invite(Role.ADMIN, invitation("a@acme.example", Role.VIEWER), 4);
    assertThat(four.seatsTaken(NOW)).isEqualTo(4);
    refused(
        () -> four.invite(Role.ADMIN, invitation("b@acme.example", Role.VIEWER), 4),
        "plan.no-seat");
    assertThat(four.seatsTaken(NOW.plus(Duration.ofDays(7)))).isEqualTo(3);
  }

  @Test
  void aPersonIsInvitedOnce() {
    refused(
        () -> team.invite(Role.ADMIN, invitation(" OLGA@acme.example", Role.VIEWER), 10),
        "member.exists");
    var invited = team.invite(Role.ADMIN, invitation("a@acme.example", Role.VIEWER), 10);
    refused(
        () -> invited.invite(Role.ADMIN, invitation("A@ACME.example", Role.VIEWER), 10),
        "invitation.open");
    refused(
        () -> team.invite(Role.ADMIN, invitation("no address", Role.VIEWER), 10),
        "email.malformed");
  }

  @Test
  void anInvitationIsTakenOnceByWhomItIsForWithItsCodeInTime() {
    var id = InvitationId.of("i1");
    var user = UserId.of("nina");
    var invited = team.invite(Role.ADMIN, invitation("nina@acme.example", Role.MEMBER), 10);
    var late = NOW.plus(Duration.ofDays(7));
    refused(
        () -> invited.accept(id, "other", user, "nina@acme.example", NOW), "invitation.not-found");
    refused(
        () -> invited.accept(id, "code", user, "mara@acme.example", NOW), "invitation.not-found");
    refused(
        () -> invited.accept(id, "code", user, "nina@acme.example", late), "invitation.not-found");
    refused(
        () -> invited.accept(InvitationId.of("i2"), "code", user, "nina@acme.example", NOW),
        "invitation.not-found");
    var accepted = invited.accept(id, "code", user, "Nina@acme.example", NOW);
    assertThat(accepted.get(user).role()).isEqualTo(Role.MEMBER);
    refused(
        () -> accepted.accept(id, "code", user, "nina@acme.example", NOW), "invitation.not-found");
    assertThat(invited.withdraw(id).invitations()).isEmpty();
  }

  private static Team joined(Team team, UserId user, Role role) {
    var email = user + "@acme.example";
    return team.invite(Role.OWNER, invitation(email, role), 10)
        .accept(InvitationId.of("i1"), "code", user, email, NOW);
  }

  private static Invitation invitation(String email, Role role) {
    return new Invitation(
        InvitationId.of("i1"),
        email,
        role,
        "code",
        "user:" + OWNER,
        NOW,
        NOW.plus(Duration.ofDays(7)));
  }

  private static void refused(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
