package io.leadloom.model;

import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.ForbiddenException;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.NotFoundException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The people of a tenant and those who are invited, as one: so that it always has an owner and
 * never more people than seats, whoever changes it at the same time. Every change answers the team
 * after it; nobody gives, takes or changes a role above their own.
 */
public record Team(TenantId tenant, List<Member> members, List<Invitation> invitations, long rev) {

  /** The most people a team holds: it is one item of the table. */
  public static final int MOST_SEATS = 500;

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)+");
  private static final int LONGEST_EMAIL = 254;

  /** Keeps copies. */
  public Team {
    members = List.copyOf(members);
    invitations = List.copyOf(invitations);
  }

  /** The team of a new tenant: the person who founded it. */
  public static Team of(TenantId tenant, UserId founder, String email, Instant now) {
    return new Team(
        tenant, List.of(new Member(founder, address(email), Role.OWNER, now)), List.of(), 0);
  }

  /** The member who is that person. */
  public Optional<Member> find(UserId user) {
    return members.stream().filter(member -> member.user().equals(user)).findFirst();
  }

  /** The member who is that person; {@link NotFoundException} where it is none. */
  public Member get(UserId user) {
    return find(user)
        .orElseThrow(
            () -> new NotFoundException("member.not-found", "There is no member '" + user + "'"));
  }

  /** The invitation of that id, open or not. */
  public Optional<Invitation> findInvitation(InvitationId id) {
    return invitations.stream().filter(invitation -> invitation.id().equals(id)).findFirst();
  }

  /** Seats that members and open invitations take. */
  public int seatsTaken(Instant now) {
    return members.size() + (int) invitations.stream().filter(open(now)).count();
  }

  /**
   * The team with one more invitation.
   *
   * @param by role of the caller
   * @param seats how many people the tenant's plan allows
   * @throws ConflictException where the person belongs to it or is invited, or no seat is free
   */
  public Team invite(Role by, Invitation invitation, int seats) {
    mayGive(by, invitation.role());
    var email = address(invitation.email());
    if (members.stream().anyMatch(member -> member.email().equals(email))) {
      throw new ConflictException("member.exists", "This person is a member already");
    }
    var now = invitation.invitedAt();
    if (invitations.stream().anyMatch(open(now).and(other -> other.email().equals(email)))) {
      throw new ConflictException(
          "invitation.open", "This person is invited already; withdraw that invitation first");
    }
    if (seatsTaken(now) >= Math.min(seats, MOST_SEATS)) {
      throw new ConflictException(
          "plan.no-seat",
          "All %d seats of the plan are taken; remove a member, or change the plan"
              .formatted(Math.min(seats, MOST_SEATS)));
    }
    var open = new ArrayList<>(invitations.stream().filter(open(now)).toList());
    open.add(
        new Invitation(
            invitation.id(),
            email,
            invitation.role(),
            invitation.codeHash(),
            invitation.invitedBy(),
            now,
            invitation.expiresAt()));
    return new Team(tenant, members, open, rev);
  }

  /** The team without an invitation; {@link NotFoundException} where there is none. */
  public Team withdraw(InvitationId id) {
    invitation(id);
    return new Team(
        tenant, members, invitations.stream().filter(i -> !i.id().equals(id)).toList(), rev);
  }

  /**
   * The team with the invited person in it.
   *
   * @param codeHash SHA-256 of the code that the person shows
   * @throws NotFoundException where no such invitation is open to this person
   */
  public Team accept(InvitationId id, String codeHash, UserId user, String email, Instant now) {
    var invitation = invitation(id);
    // One answer for all of it, so that nobody learns which part of a guess was right.
    if (!invitation.openAt(now)
        || !MessageDigest.isEqual(invitation.codeHash().getBytes(), codeHash.getBytes())
        || !invitation.email().equals(address(email))) {
      throw noInvitation(id);
    }
    var left = withdraw(id);
    if (find(user).isPresent()) {
      return left;
    }
    var more = new ArrayList<>(members);
    more.add(new Member(user, invitation.email(), invitation.role(), now));
    return new Team(tenant, more, left.invitations(), rev);
  }

  /** The team with another role for a member. */
  public Team changeRole(Role by, UserId user, Role role) {
    var member = get(user);
    mayGive(by, member.role());
    mayGive(by, role);
    return withMembers(
        members.stream()
            .map(m -> m.equals(member) ? new Member(m.user(), m.email(), role, m.joinedAt()) : m)
            .toList());
  }

  /** The team without a member whom somebody of the role {@code by} removes. */
  public Team remove(Role by, UserId user) {
    if (!by.may(Permission.WRITE_MEMBERS)) {
      throw new ForbiddenException("role.too-low", "Only admins and owners remove others");
    }
    mayGive(by, get(user).role());
    return leave(user);
  }

  /** The team without a member who leaves it, as every member may. */
  public Team leave(UserId user) {
    var member = get(user);
    return withMembers(members.stream().filter(m -> !m.equals(member)).toList());
  }

  /** The same team at another revision. */
  public Team at(long newRev) {
    return new Team(tenant, members, invitations, newRev);
  }

  private Team withMembers(List<Member> changed) {
    if (changed.stream().noneMatch(member -> member.role() == Role.OWNER)) {
      throw new ConflictException(
          "member.last-owner", "A tenant keeps an owner; make somebody else owner first");
    }
    return new Team(tenant, changed, invitations, rev);
  }

  private Invitation invitation(InvitationId id) {
    return findInvitation(id).orElseThrow(() -> noInvitation(id));
  }

  private static NotFoundException noInvitation(InvitationId id) {
    return new NotFoundException(
        "invitation.not-found", "No invitation '" + id + "' is open to you");
  }

  private static void mayGive(Role by, Role role) {
    if (!by.atLeast(role)) {
      throw new ForbiddenException(
          "role.too-low", "Only a person who is " + role.code() + " may do this");
    }
  }

  private static Predicate<Invitation> open(Instant now) {
    return invitation -> invitation.openAt(now);
  }

  private static String address(String email) {
    var address = email.strip().toLowerCase(Locale.ROOT);
    if (address.length() > LONGEST_EMAIL || !EMAIL.matcher(address).matches()) {
      throw new InvalidInputException("email.malformed", "This is no e-mail address");
    }
    return address;
  }
}
