package io.leadloom.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** A funnel as a person reads it. */
final class FunnelReport {

  private static final int BAR = 40;

  private FunnelReport() {}

  static void print(Funnel funnel, PrintWriter out) {
    out.println();
    out.printf(
        Locale.ROOT,
        "%,d rows: %,d leads, %,d joined one, %,d set aside%n",
        funnel.rows(),
        funnel.leads(),
        funnel.joined(),
        sum(funnel.setAside()));
    reasons(funnel.setAside(), out);
    out.println();
    bar("leads", funnel.leads(), funnel, out);
    bar("enriched", funnel.enriched(), funnel, out);
    bar("qualified", funnel.qualified(), funnel, out);
    bar("drafted", funnel.drafted(), funnel, out);
    bar("approved", funnel.approved(), funnel, out);
    bar("sent", funnel.sent(), funnel, out);
    bar("replied", funnel.replied(), funnel, out);
    bar("booked", funnel.booked(), funnel, out);
    out.println();
    out.println("Why leads ended without a booking");
    reasons(funnel.ended(), out);
    out.println();
    out.printf(
        Locale.ROOT,
        "Cost of 1,000 leads: USD %,.2f   duplicate sends: %d   lost leads: %d   failed: %d%n",
        funnel.costPer1000LeadsUsd(),
        funnel.duplicateSends(),
        funnel.lostLeads(),
        funnel.failed());
    if (!funnel.faults().isEmpty()) {
      out.println();
      out.println("Requests that went wrong, as asked for");
      funnel
          .faults()
          .forEach((fault, count) -> out.printf(Locale.ROOT, "  %,6d  %s%n", count, fault));
      out.println();
    }
    out.printf(Locale.ROOT, "%,d durable steps in %.1f s%n", funnel.steps(), funnel.seconds());
    out.flush();
  }

  private static void bar(String name, int count, Funnel funnel, PrintWriter out) {
    var share = funnel.leads() == 0 ? 0 : (double) count / funnel.leads();
    out.printf(
        Locale.ROOT,
        "  %-10s %,6d  %3.0f %%  %s%n",
        name,
        count,
        share * 100,
        "█".repeat((int) Math.round(share * BAR)));
  }

  private static void reasons(Map<String, Integer> reasons, PrintWriter out) {
    reasons.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(e -> out.printf(Locale.ROOT, "  %,6d  %s%n", e.getValue(), e.getKey()));
  }

  private static int sum(Map<String, Integer> reasons) {
    return reasons.values().stream().mapToInt(Integer::intValue).sum();
  }
}
