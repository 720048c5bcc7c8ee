package io.leadloom.api;

import io.leadloom.model.Term;
import io.leadloom.model.Usage;
import io.leadloom.rest.About;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was done in a month, as the API shows it. */
@About("Money is in millionths of a US dollar, since much of it is a fraction of a cent.")
record UsageView(
    String month,
    @About("The plan in that month") String plan,
    @About("Leads for which enrichment found somebody") long leadsEnriched,
    long messagesSent,
    long meetingsBooked,
    @About("Credits bought on top of the plan's") long creditsBought,
    Charges charges,
    @About("What third parties charged, by their name") Map<String, Long> costsMicroUsd,
    long costMicroUsd,
    @About("What is charged, less what third parties charged") long marginMicroUsd,
    @About("What third parties charged for a lead; absent where none was enriched")
        @Nullable Long costPerLeadMicroUsd) {

  private static final long MICROS_PER_CENT = 10_000;

  static UsageView of(Usage usage, Term term) {
    var charges = Charges.of(usage, term);
    var cost = usage.totalCostMicroUsd();
    return new UsageView(
        usage.month().toString(),
        term.planId(),
        usage.leadsEnriched(),
        usage.messagesSent(),
        usage.meetingsBooked(),
        usage.creditsBought(),
        charges,
        new TreeMap<>(usage.costMicroUsd()),
        cost,
        charges.totalMicroUsd() - cost,
        usage.leadsEnriched() == 0 ? null : cost / usage.leadsEnriched());
  }

  /** What is charged. */
  @About("What the organisation is charged, by outcome.")
  record Charges(
      @About("The price of the plan's month") long planMicroUsd,
      @About("For the meetings booked") long meetingsMicroUsd,
      @About("For the credits bought on top") long creditsMicroUsd,
      long totalMicroUsd) {

    static Charges of(Usage usage, Term term) {
      var plan = term.plan();
      var month = term.paid() ? plan.monthCents() * MICROS_PER_CENT : 0;
      var meetings = usage.meetingsBooked() * plan.meetingCents() * MICROS_PER_CENT;
      var credits = usage.creditsBought() * plan.creditCents() * MICROS_PER_CENT;
      return new Charges(month, meetings, credits, month + meetings + credits);
    }
  }
}
