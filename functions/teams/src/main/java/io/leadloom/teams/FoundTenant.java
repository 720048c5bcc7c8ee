package io.leadloom.teams;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Plan;
import io.leadloom.model.Subscription;
import io.leadloom.model.Team;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Person;
import io.leadloom.platform.Sessions;
import io.leadloom.platform.Teams;
import io.leadloom.platform.TenantScope;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** Founds an organisation: the person becomes its owner, and the next token is for it. */
@Singleton
final class FoundTenant {

  /** So many organisations one person may work for. */
  static final int MOST_TENANTS = 50;

  private static final int LONGEST_SLUG = 40;

  private final Tenants tenants;
  private final Teams teams;
  private final Sessions sessions;
  private final Clock clock;
  private final Packs packs = new Packs();

  FoundTenant(Tenants tenants, Teams teams, Sessions sessions, Clock clock) {
    this.tenants = tenants;
    this.teams = teams;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Founds it, once for each effect.
   *
   * @throws io.leadloom.model.fault.InvalidInputException where there is no such pack
   * @throws ConflictException where the person works for too many organisations
   */
  Tenant run(Person founder, NewTenant wanted, String effect) {
    packs.load(wanted.pack());
    var id = TenantId.of(slug(wanted.name()) + effect.substring(0, 12));
    var others = teams.tenantsOf(founder.user());
    if (!others.contains(id) && others.size() >= MOST_TENANTS) {
      throw new ConflictException(
          "tenant.too-many",
          "You belong to %d organisations, and that is the most; leave one first"
              .formatted(others.size()));
    }
    // What is made here is the new tenant's, whichever the token is for.
    var founded = TenantScope.of(id, () -> founded(founder, wanted, id));
    sessions.choose(founder.user(), id);
    return founded;
  }

  private Tenant founded(Person founder, NewTenant wanted, TenantId id) {
    var now = clock.instant();
    var made =
        tenants.create(
            tenant(founder, wanted, id),
            Team.of(id, founder.user(), founder.email(), now),
            new AuditEntry(
                now, Caller.actor(founder.user()), "tenant.founded", id.value(), wanted.pack()));
    if (!made && teams.get(id).find(founder.user()).isEmpty()) {
      throw new ConflictException(
          "tenant.exists", "There is another organisation of this id; take a new Idempotency-Key");
    }
    return tenants.get(id);
  }

  private static Tenant tenant(Person founder, NewTenant wanted, TenantId id) {
    var sender = wanted.sender();
    var domain = sender.email().substring(sender.email().indexOf('@') + 1).toLowerCase(Locale.ROOT);
    return new Tenant(
        id,
        wanted.name(),
        wanted.pack(),
        Tenant.Mode.CO_PILOT,
        null,
        List.of(founder.email()),
        new Tenant.Sender(
            sender.provider() == null ? "resend" : sender.provider().code(),
            sender.name(),
            wanted.name(),
            sender.email(),
            domain,
            "reply." + domain,
            sender.postalAddress()),
        Subscription.to(Plan.smallest()).as(Subscription.Status.TRIALING),
        null,
        0);
  }

  /** The name as it may begin an id, with a hyphen after it; empty where nothing of it may. */
  private static String slug(String name) {
    var slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    var cut = slug.substring(0, Math.min(slug.length(), LONGEST_SLUG)).replaceAll("-$", "");
    return cut.isEmpty() ? "" : cut + "-";
  }
}
