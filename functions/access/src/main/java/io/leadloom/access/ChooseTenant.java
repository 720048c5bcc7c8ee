package io.leadloom.access;

import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Teams;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Chooses the tenant that a person's next token is for: the one chosen last, else the first. */
@Singleton
final class ChooseTenant {

  private final Teams teams;
  private final Sessions sessions;

  ChooseTenant(Teams teams, Sessions sessions) {
    this.teams = teams;
    this.sessions = sessions;
  }

  Optional<TenantId> run(UserId user) {
    var tenants = teams.tenantsOf(user);
    return sessions.chosen(user).filter(tenants::contains).or(() -> tenants.stream().findFirst());
  }
}
