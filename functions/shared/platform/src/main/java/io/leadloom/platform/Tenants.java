package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Subscription;
import io.leadloom.model.Team;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.Term;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tenants and what each decided about itself. */
@Singleton
public final class Tenants {

  /** Before all months. */
  private static final String FOUNDING = "0000-00";

  private final Table table;

  Tenants(Table table) {
    this.table = table;
  }

  /** Adds a tenant unless there is one of that id; tells whether it did. */
  public boolean create(Tenant tenant) {
    return table.together(row(tenant).toArray(Write[]::new));
  }

  /** Adds a tenant with its people unless there is one of that id; tells whether it did. */
  public boolean create(Tenant tenant, Team team) {
    var writes = row(tenant);
    writes.addAll(Teams.first(tenant.id(), team));
    return table.together(writes.toArray(Write[]::new));
  }

  /** Adds a tenant as {@link #create(Tenant, Team)}, with the entry that tells of it. */
  public boolean create(Tenant tenant, Team team, AuditEntry entry) {
    var writes = row(tenant);
    writes.addAll(Teams.first(tenant.id(), team));
    writes.add(new Write.Always(Audit.item(tenant.id(), entry)));
    return table.together(writes.toArray(Write[]::new));
  }

  private static List<Write> row(Tenant tenant) {
    var writes = new ArrayList<Write>();
    writes.add(new Write.IfAbsent(Item.of(Keys.tenantRow(tenant.id()), "tenant", tenant)));
    writes.add(
        new Write.Always(
            Item.of(
                Keys.tenantListed(tenant.id()),
                "tenantListed",
                Map.of("id", tenant.id().value()))));
    return writes;
  }

  /** Replaces a tenant's settings at the revision that was read. */
  public void change(Tenant tenant) {
    table.replace(Item.of(Keys.tenantRow(tenant.id()), "tenant", tenant), tenant.rev());
  }

  /**
   * Gives a tenant another subscription, at the revision that was read, and notes what it is
   * charged for from this month on.
   */
  public void subscribe(Tenant tenant, Subscription subscription, Instant now) {
    var month = Usages.month(now);
    var terms = new TreeMap<String, Optional<Term>>();
    if (noted(tenant.id(), month).isEmpty()) {
      terms.put(FOUNDING, Optional.of(term(tenant.subscription(), now)));
    }
    var endedAt = tenant.subscription().endsAt();
    if (endedAt != null && endedAt.isAfter(now)) {
      terms.put(Usages.month(endedAt).toString(), Optional.empty());
    }
    terms.put(month.toString(), Optional.of(term(subscription, now)));
    var endsAt = subscription.endsAt();
    if (endsAt != null && endsAt.isAfter(now)) {
      terms.put(
          Usages.month(endsAt).toString(), Optional.of(new Term(subscription.planId(), false)));
    }
    var notes = new ArrayList<Write>();
    terms.forEach((from, term) -> notes.add(note(Keys.term(tenant.id(), from), term)));
    table.replace(
        Item.of(Keys.tenantRow(tenant.id()), "tenant", tenant.with(subscription)),
        tenant.rev(),
        notes.toArray(Write[]::new));
  }

  /** What a tenant is charged for in a month. */
  public Term term(Tenant tenant, YearMonth month) {
    return noted(tenant.id(), month)
        .orElseGet(() ->
            term(tenant.subscription(), month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  /** The last note of the month or before. */
  private Optional<Term> noted(TenantId tenant, YearMonth month) {
    return table.latest(Keys.terms(tenant), FOUNDING, month + "~", 1, Term.class).stream()
        .findFirst();
  }

  private static Write note(Key key, Optional<Term> term) {
    return term.<Write>map(noted -> new Write.Always(Item.of(key, "term", noted)))
        .orElseGet(() -> new Write.Delete(key));
  }

  private static Term term(Subscription subscription, Instant now) {
    return new Term(
        subscription.planId(),
        subscription.status() != Subscription.Status.TRIALING
            && subscription.standing(now) != Subscription.Standing.ENDED);
  }

  /** The tenant of that id. */
  public Optional<Tenant> find(TenantId id) {
    return table.get(Keys.tenantRow(id), Tenant.class);
  }

  /** The tenant of that id; {@link NotFoundException} where there is none. */
  public Tenant get(TenantId id) {
    return find(id)
        .orElseThrow(
            () -> new NotFoundException("tenant.not-found", "There is no tenant '" + id + "'"));
  }

  /** All tenants' ids, in alphabetical order. */
  public List<TenantId> ids() {
    return table.query(Keys.tenants(), "", Listed.class).stream()
        .map(listed -> TenantId.of(listed.id()))
        .toList();
  }

  private record Listed(String id) {}
}
