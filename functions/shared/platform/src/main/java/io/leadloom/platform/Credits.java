package io.leadloom.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.CreditEntry;
import io.leadloom.model.CreditEntry.Kind;
import io.leadloom.model.CreditEntry.Source;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credit ledger of each tenant. A lead's credit is reserved before it is enriched, charged once
 * somebody was found, and let go where nobody was. Each of these steps is one transaction of the
 * lead's credit, the balance and, where it is charged or refunded, the ledger's entry; so however
 * often it is repeated, by however many at once, it counts once, and no balance falls below zero.
 */
@Singleton
public final class Credits {

  private static final int ATTEMPTS = 10;

  /** A bound that nobody reaches. */
  private static final long MOST_EXTRA = Long.MAX_VALUE / 2;

  private final Table table;
  private final Clock clock;

  Credits(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * What a tenant has in a month (UTC).
   *
   * @param plan what its plan gives
   * @param used how much of that is used, or reserved for leads that are being enriched
   * @param extra what is left of the credits bought on top, now
   */
  public record Balance(YearMonth month, long plan, long used, long extra) {

    /** Leads that can be enriched yet. */
    public long left() {
      return Math.max(0, plan - used) + extra;
    }
  }

  /**
   * Takes a credit for a lead, unless it has one: of the plan's while there are any, then of those
   * bought on top.
   *
   * @param plan credits that the tenant's plan gives in a month
   * @return whether the lead has one now
   */
  public boolean reserve(TenantId tenant, LeadId lead, long plan) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var seen = of(tenant, lead);
      if (seen.filter(Credit::isHeld).isPresent()) {
        return true;
      }
      if (taken(tenant, lead, seen, Source.PLAN, plan)
          || taken(tenant, lead, seen, Source.EXTRA, plan)) {
        return true;
      }
      if (of(tenant, lead).equals(seen)) {
        return false;
      }
    }
    throw busy(lead);
  }

  /** Charges the credit that is reserved for a lead, if one is: the lead is enriched. */
  public void charge(TenantId tenant, LeadId lead) {
    change(
        tenant,
        lead,
        State.RESERVED,
        (credit, now) ->
            new Write[] {
              replacing(tenant, lead, credit, State.CHARGED),
              entry(tenant, lead, credit, Kind.CHARGE, -1, "lead.enriched", now),
              Usages.enriched(tenant, lead, now)
            });
  }

  /** Lets the credit go that is reserved for a lead, if one is: nobody was found. */
  public void release(TenantId tenant, LeadId lead) {
    change(
        tenant,
        lead,
        State.RESERVED,
        (credit, now) ->
            new Write[] {
              replacing(tenant, lead, credit, State.RELEASED), givenBack(tenant, credit)
            });
  }

  /** Gives the credit back that a lead was charged, if it was: what was found is worth nothing. */
  public void refund(TenantId tenant, LeadId lead, String reason) {
    change(
        tenant,
        lead,
        State.CHARGED,
        (credit, now) ->
            new Write[] {
              replacing(tenant, lead, credit, State.REFUNDED),
              entry(tenant, lead, credit, Kind.REFUND, 1, reason, now),
              givenBack(tenant, credit)
            });
  }

  /**
   * Adds credits that the tenant buys on top of the plan's, once by the id.
   *
   * @return whether it did now
   */
  public boolean buy(TenantId tenant, String id, long amount) {
    var now = clock.instant();
    return topUp(tenant, id, amount, "credits.bought", now, Usages.bought(tenant, id, amount, now));
  }

  /**
   * Adds credits that the tenant is given on top of the plan's, once by the id.
   *
   * @return whether it did now
   */
  public boolean grant(TenantId tenant, String id, long amount) {
    return topUp(tenant, id, amount, "credits.granted", clock.instant());
  }

  private boolean topUp(
      TenantId tenant, String id, long amount, String reason, Instant now, Write... others) {
    var entry = new CreditEntry(id, Kind.TOP_UP, Source.EXTRA, amount, null, reason, now);
    var writes = new ArrayList<>(List.of(others));
    writes.add(new Write.IfAbsent(Item.of(Keys.topUp(tenant, id), "topUp", entry)));
    writes.add(entry(tenant, Usages.month(now), entry));
    writes.add(
        new Write.Adding(Keys.extraCredits(tenant), "credits", Map.of("left", amount), null));
    return table.together(writes.toArray(Write[]::new));
  }

  /**
   * What a tenant has in a month.
   *
   * @param plan credits that its plan gives in a month
   */
  public Balance balance(TenantId tenant, YearMonth month, long plan) {
    return new Balance(
        month,
        plan,
        number(Keys.planCredits(tenant, month), "used"),
        number(Keys.extraCredits(tenant), "left"));
  }

  /**
   * Entries of a month that come before a place, latest first. What is given back stands in the
   * month of its charge.
   *
   * @param before place of the last one seen, as {@link #place} tells; null to start
   */
  public List<CreditEntry> entries(
      TenantId tenant, YearMonth month, @Nullable String before, int limit) {
    return table.latest(
        Keys.creditLedger(tenant, month), Keys.CREDIT_ENTRIES, before, limit, CreditEntry.class);
  }

  /** Where an entry stands in the ledger. */
  public static String place(CreditEntry entry) {
    return Keys.placeInLedger(entry);
  }

  private boolean taken(
      TenantId tenant, LeadId lead, Optional<Credit> seen, Source source, long plan) {
    var month = Usages.month(clock.instant());
    var number =
        seen.map(old -> old.state() == State.REFUNDED ? old.number() + 1 : old.number()).orElse(1);
    var rev = seen.map(Credit::rev).orElse(0L);
    var item =
        item(tenant, lead, new Credit(State.RESERVED, source, month.toString(), number, rev));
    return table.together(
        seen.isEmpty() ? new Write.IfAbsent(item) : new Write.Replacing(item, rev),
        switch (source) {
          case PLAN ->
              new Write.Adding(
                  Keys.planCredits(tenant, month),
                  "credits",
                  Map.of("used", 1L),
                  new Write.Within("used", 0, plan));
          case EXTRA ->
              new Write.Adding(
                  Keys.extraCredits(tenant),
                  "credits",
                  Map.of("left", -1L),
                  new Write.Within("left", 0, MOST_EXTRA));
        });
  }

  private static Write givenBack(TenantId tenant, Credit credit) {
    return switch (credit.source()) {
      case PLAN ->
          new Write.Adding(
              Keys.planCredits(tenant, credit.ofMonth()), "credits", Map.of("used", -1L), null);
      case EXTRA ->
          new Write.Adding(Keys.extraCredits(tenant), "credits", Map.of("left", 1L), null);
    };
  }

  private void change(TenantId tenant, LeadId lead, State from, Change change) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var seen = of(tenant, lead).filter(credit -> credit.state() == from);
      if (seen.isEmpty() || table.together(change.of(seen.get(), clock.instant()))) {
        return;
      }
    }
    throw busy(lead);
  }

  private Optional<Credit> of(TenantId tenant, LeadId lead) {
    return table.get(Keys.creditOfLead(tenant, lead), Credit.class);
  }

  private long number(Key key, String member) {
    return table.get(key, ObjectNode.class).map(item -> item.path(member).asLong()).orElse(0L);
  }

  private static Write entry(
      TenantId tenant,
      LeadId lead,
      Credit credit,
      Kind kind,
      long amount,
      String reason,
      Instant now) {
    var id = Ids.derive("credit", lead.value(), Integer.toString(credit.number()), kind.name());
    var entry = new CreditEntry(id, kind, credit.source(), amount, lead, reason, now);
    return entry(tenant, credit.ofMonth(), entry);
  }

  private static Write entry(TenantId tenant, YearMonth month, CreditEntry entry) {
    return new Write.Always(Item.of(Keys.creditEntry(tenant, month, entry), "creditEntry", entry));
  }

  private static Write replacing(TenantId tenant, LeadId lead, Credit credit, State next) {
    return new Write.Replacing(item(tenant, lead, credit.as(next)), credit.rev());
  }

  private static Item item(TenantId tenant, LeadId lead, Credit credit) {
    return Item.of(Keys.creditOfLead(tenant, lead), "credit", credit);
  }

  private static TransientException busy(LeadId lead) {
    return new TransientException(
        "credits.busy", "The credit of lead '" + lead + "' is changed by others all the time");
  }

  private enum State {
    RESERVED,
    CHARGED,
    RELEASED,
    REFUNDED
  }

  /**
   * The credit of a lead.
   *
   * @param month whose credits it is of
   * @param number counts the credits that the lead was charged, this included
   */
  private record Credit(State state, Source source, String month, int number, long rev) {

    YearMonth ofMonth() {
      return YearMonth.parse(month);
    }

    boolean isHeld() {
      return state == State.RESERVED || state == State.CHARGED;
    }

    Credit as(State next) {
      return new Credit(next, source, month, number, rev);
    }
  }

  @FunctionalInterface
  private interface Change {
    Write[] of(Credit seen, Instant now);
  }
}
