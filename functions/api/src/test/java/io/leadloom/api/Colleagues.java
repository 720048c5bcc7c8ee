package io.leadloom.api;

import io.leadloom.model.ApiKey;
import io.leadloom.model.Ids;
import io.leadloom.model.Invitation;
import io.leadloom.model.InvitationId;
import io.leadloom.model.KeyId;
import io.leadloom.model.Member;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.Team;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.ApiKeys;
import io.leadloom.platform.Teams;
import io.leadloom.testkit.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The team of a tenant: a person of each role, somebody invited, and an API key. */
final class Colleagues {

  /** Robin, who owns it, and one of each lesser role. */
  static final List<String> ALL = List.of("robin", "ada", "mel", "vic");

  private static final List<Role> ROLES = List.of(Role.OWNER, Role.ADMIN, Role.MEMBER, Role.VIEWER);

  private Colleagues() {}

  /** What opens the invitation {@code invitation-1} of a tenant. */
  static String code(TenantId tenant) {
    return "code-of-" + tenant;
  }

  static void of(Platform platform, TenantId tenant) {
    var now = platform.clock().instant();
    var members = new ArrayList<Member>();
    for (var i = 0; i < ALL.size(); i++) {
      var user = ALL.get(i);
      members.add(new Member(UserId.of(user), user + "@acme.example", ROLES.get(i), now));
    }
    var teams = platform.bean(Teams.class);
    teams.create(tenant, new Team(tenant, members, List.of(), 0));
    teams.change(
        tenant,
        team ->
            team.invite(
                Role.OWNER,
                new Invitation(
                    InvitationId.of("invitation-1"),
                    "nina@acme.example",
                    Role.MEMBER,
                    Ids.hash(code(tenant)),
                    "user:robin",
                    now,
                    now.plus(Duration.ofDays(7))),
                Team.MOST_SEATS));
    var text = ApiKeys.text("of-" + tenant);
    platform
        .bean(ApiKeys.class)
        .create(
            tenant,
            new ApiKey(
                KeyId.of("key-1"),
                "CRM",
                text.start(),
                text.hash(),
                Role.MEMBER,
                Set.of(Permission.READ_LEADS),
                "user:robin",
                "user:robin",
                now,
                null,
                null,
                null,
                null,
                0));
  }
}
