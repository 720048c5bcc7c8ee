package io.leadloom.access;

import io.leadloom.model.Member;
import io.leadloom.model.Permission;
import io.leadloom.model.TenantId;
import io.leadloom.model.UserId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.platform.ApiKeys;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Teams;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who stands behind an {@code Authorization} header: a person's token or an API key. What
 * neither can know is asked each time: whether a token's session was ended, and what the person
 * behind it, or to whom a key was told, is to the tenant now.
 */
@Singleton
final class AuthorizeCaller {

  private static final String SCHEME = "Bearer ";

  /** So long an API key's last use may be out of date, which saves a write with every call. */
  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final Sessions sessions;
  private final Teams teams;
  private final ApiKeys keys;
  private final Clock clock;

  AuthorizeCaller(Tokens tokens, Sessions sessions, Teams teams, ApiKeys keys, Clock clock) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.teams = teams;
    this.keys = keys;
    this.clock = clock;
  }

  /** Who is allowed in, or why nobody is. */
  sealed interface Outcome {

    /** A caller who works for a tenant; {@code person} is absent for API keys. */
    record Allowed(Caller caller, @Nullable Identity person) implements Outcome {}

    /** A person who belongs to no tenant yet: enough to found one or to accept an invitation. */
    record WithoutTenant(Identity person) implements Outcome {}

    /** Nobody, for a reason with a stable code that the caller does not learn. */
    record Denied(String code) implements Outcome {}
  }

  Outcome run(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Outcome.Denied("credentials.no-bearer");
    }
    var credentials = authorization.substring(SCHEME.length()).strip();
    return credentials.startsWith(ApiKeys.PREFIX) ? key(credentials) : token(credentials);
  }

  private Outcome key(String credentials) {
    var text = new ApiKeys.Text(credentials);
    var found = keys.holderOf(text);
    if (found.isEmpty()) {
      return new Outcome.Denied("key.unknown");
    }
    var tenant = found.get().tenant();
    var key = found.get().key();
    var now = clock.instant();
    var holder = key.opens(text.hash(), now);
    if (holder.isEmpty()) {
      return new Outcome.Denied("key.ended");
    }
    var member = Caller.user(holder.get()).flatMap(user -> member(tenant, user));
    if (member.isEmpty()) {
      return new Outcome.Denied("key.holder-left");
    }
    noteUse(found.get(), now);
    var role = key.role().orLess(member.get().role());
    return new Outcome.Allowed(
        new Caller(tenant, Caller.actor(key.id()), role, key.scopes()), null);
  }

  private void noteUse(ApiKeys.Found found, Instant now) {
    var last = found.key().lastUsedAt();
    if (last == null || last.plus(USE_NOTED_EVERY).isBefore(now)) {
      try {
        keys.change(found.tenant(), found.key().used(now));
      } catch (ConflictException e) {
        // Another call noted its use at this very moment, or the key was just changed.
      }
    }
  }

  private Outcome token(String credentials) {
    var verified = tokens.verify(credentials);
    if (verified.isEmpty()) {
      return new Outcome.Denied("token.invalid");
    }
    var person = verified.get();
    if (sessions.ended(person.session())) {
      return new Outcome.Denied("token.session-ended");
    }
    return person
        .tenant()
        .map(tenant -> member(person, tenant))
        .orElseGet(() -> new Outcome.WithoutTenant(person));
  }

  private Outcome member(Identity person, TenantId tenant) {
    return member(tenant, person.user())
        .<Outcome>map(member ->
            new Outcome.Allowed(
                new Caller(tenant, Caller.actor(person.user()), member.role(), Permission.all()),
                person))
        .orElseGet(() -> new Outcome.Denied("token.no-member"));
  }

  private Optional<Member> member(TenantId tenant, UserId user) {
    return teams.find(tenant).flatMap(team -> team.find(user));
  }
}
