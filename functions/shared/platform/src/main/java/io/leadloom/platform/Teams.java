package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Invitation;
import io.leadloom.model.InvitationId;
import io.leadloom.model.Member;
import io.leadloom.model.Team;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The people of each tenant, and the tenants of each person. */
@Singleton
public final class Teams {

  private static final int ATTEMPTS = 5;

  private final Table table;

  Teams(Table table) {
    this.table = table;
  }

  /** Keeps the first team of a tenant that has none; tells whether it did. */
  public boolean create(TenantId tenant, Team team) {
    return table.together(first(tenant, team).toArray(Write[]::new));
  }

  static List<Write> first(TenantId tenant, Team team) {
    var writes = new ArrayList<Write>();
    writes.add(new Write.IfAbsent(item(tenant, team)));
    team.members().forEach(member -> writes.add(listed(tenant, member)));
    return writes;
  }

  /** A tenant's team. */
  public Optional<Team> find(TenantId tenant) {
    return table.get(Keys.team(tenant), Team.class);
  }

  /** A tenant's team; {@link NotFoundException} where it has none. */
  public Team get(TenantId tenant) {
    return find(tenant)
        .orElseThrow(() ->
            new NotFoundException("team.not-found", "The tenant '" + tenant + "' has no members"));
  }

  /**
   * Changes a team.
   *
   * @param change pure; it is asked again where somebody else changed the team meanwhile
   * @return the team after it
   */
  public Team change(TenantId tenant, UnaryOperator<Team> change) {
    return change(tenant, change, Optional.empty());
  }

  /**
   * Changes a team as {@link #change(TenantId, UnaryOperator)}, with the entry that tells of it.
   */
  public Team change(TenantId tenant, UnaryOperator<Team> change, AuditEntry entry) {
    return change(tenant, change, Optional.of(entry));
  }

  private Team change(TenantId tenant, UnaryOperator<Team> change, Optional<AuditEntry> entry) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var before = get(tenant);
      var after = change.apply(before);
      if (after.equals(before)) {
        return after;
      }
      var writes = new ArrayList<Write>();
      writes.add(new Write.Replacing(item(tenant, after), before.rev()));
      after.members().stream()
          .filter(member -> before.find(member.user()).isEmpty())
          .forEach(member -> writes.add(listed(tenant, member)));
      after.invitations().stream()
          .filter(invitation -> before.findInvitation(invitation.id()).isEmpty())
          .forEach(invitation -> writes.add(linked(tenant, invitation)));
      entry.ifPresent(told -> writes.add(new Write.Always(Audit.item(tenant, told))));
      if (table.together(writes.toArray(Write[]::new))) {
        // A listing left behind by a crash gives nothing: the team is asked.
        before.members().stream()
            .filter(member -> after.find(member.user()).isEmpty())
            .forEach(member -> table.delete(Keys.membership(member.user(), tenant)));
        return after.at(before.rev() + 1);
      }
    }
    throw new TransientException(
        "team.busy", "The members of '" + tenant + "' are changed by others all the time");
  }

  /** The tenants that a person belongs to, in alphabetical order. */
  public List<TenantId> tenantsOf(UserId user) {
    return TenantScope.ofNoTenant(() -> memberships(user));
  }

  private List<TenantId> memberships(UserId user) {
    return table.query(Keys.memberships(user), "", Listed.class).stream()
        .map(listed -> TenantId.of(listed.tenant()))
        .filter(tenant ->
            TenantScope.of(tenant, () -> find(tenant)).flatMap(team -> team.find(user)).isPresent())
        .toList();
  }

  /** Which invitation a code is of; whether it is open is the team's to say. */
  public Optional<Invited> invitedBy(String codeHash) {
    return TenantScope.ofNoTenant(() -> table.get(Keys.invitationCode(codeHash), Invited.class));
  }

  private static Write linked(TenantId tenant, Invitation invitation) {
    return new Write.Always(
        Item.of(
                Keys.invitationCode(invitation.codeHash()),
                "invitationLink",
                new Invited(tenant, invitation.id()))
            .expiring(invitation.expiresAt()));
  }

  private static Item item(TenantId tenant, Team team) {
    return Item.of(Keys.team(tenant), "team", team);
  }

  private static Write listed(TenantId tenant, Member member) {
    return new Write.Always(
        Item.of(
            Keys.membership(member.user(), tenant),
            "membership",
            Map.of("tenant", tenant.value())));
  }

  /** An invitation and whose it is. */
  public record Invited(TenantId tenant, InvitationId invitation) {}

  private record Listed(String tenant) {}
}
