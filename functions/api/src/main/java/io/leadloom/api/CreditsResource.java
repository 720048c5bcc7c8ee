package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.CreditEntry;
import io.leadloom.model.Permission;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Tenants;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Range;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an organisation can have enriched yet, and the ledger behind it. */
@Singleton
final class CreditsResource implements Resource {

  private final Tenants tenants;
  private final Credits credits;
  private final Audit audit;
  private final Clock clock;

  CreditsResource(Tenants tenants, Credits credits, Audit audit, Clock clock) {
    this.tenants = tenants;
    this.credits = credits;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/credits", "getCredits")
            .does(
                "Shows a month's credits, and its ledger, latest entry first; a refund stands in"
                    + " the month of its charge",
                Permission.READ_USAGE)
            .query(LedgerQuery.class)
            .answers(CreditsView.class, 200)
            .by(this::get),
        Operation.post("/credits/top-ups", "buyCredits")
            .does(
                "Buys credits on top of the plan's; they stay until they are used",
                Permission.WRITE_PLAN)
            .body(TopUp.class)
            .answers(Bought.class, 201)
            .by(this::topUp));
  }

  private Answer<CreditsView> get(Call<LedgerQuery, None> call) {
    var month = Months.of(call.query().month(), clock);
    var list = "credits " + month;
    var most = call.query().most();
    var entries =
        credits.entries(call.tenant(), month, Cursor.position(list, call.query().cursor()), most);
    var balance = credits.balance(call.tenant(), month, planCredits(call));
    return Answer.ok(
        new CreditsView(
            month.toString(),
            balance.plan(),
            balance.used(),
            balance.extra(),
            balance.left(),
            entries.stream().map(CreditEntryView::of).toList(),
            Cursor.of(list, entries.size() < most ? null : Credits.place(entries.getLast()))));
  }

  private Answer<Bought> topUp(Call<None, TopUp> call) {
    var amount = call.body().credits();
    if (credits.buy(call.tenant(), call.effectId(), amount)) {
      audit.record(
          call.tenant(),
          new AuditEntry(
              clock.instant(),
              call.caller().actor(),
              "credits.bought",
              call.tenant().value(),
              Integer.toString(amount)));
    }
    var balance = credits.balance(call.tenant(), Months.of(null, clock), planCredits(call));
    return Answer.created(new Bought(amount, balance.left()));
  }

  private long planCredits(Call<?, ?> call) {
    return tenants.get(call.tenant()).subscription().plan().monthlyLeads();
  }

  /** Which month, and where and how far to read its ledger. */
  record LedgerQuery(
      @About("Such as 2026-03, in UTC; this month if absent") @Nullable @Form(pattern = Months.FORM)
          String month,
      @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
      @About("How many entries at most, 50 if absent") @Nullable @Range(min = 1, max = 200)
          Integer limit) {

    int most() {
      return limit == null ? 50 : limit;
    }
  }

  /** A month's credits. */
  record CreditsView(
      String month,
      @About("What the plan gives in a month") long plan,
      @About("How much of it is used, or reserved for leads that are being enriched") long used,
      @About("What is left of the credits bought on top, now") long extra,
      @About("Leads that can be enriched yet") long left,
      List<CreditEntryView> entries,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}

  /** An entry of the ledger. */
  record CreditEntryView(
      String id,
      CreditEntry.Kind kind,
      @About("Whose credits: the plan's, or those bought on top") CreditEntry.Source source,
      @About("Credits more, or fewer where it is negative") long amount,
      @Nullable String leadId,
      @About("Code of what it is for") String reason,
      Instant at) {

    static CreditEntryView of(CreditEntry entry) {
      var lead = entry.lead();
      return new CreditEntryView(
          entry.id(),
          entry.kind(),
          entry.source(),
          entry.amount(),
          lead == null ? null : lead.value(),
          entry.reason(),
          entry.at());
    }
  }

  /** How many to buy. */
  record TopUp(@Range(min = 1, max = 100_000) int credits) {}

  /** What was bought. */
  record Bought(int credits, @About("Leads that can be enriched now") long left) {}
}
