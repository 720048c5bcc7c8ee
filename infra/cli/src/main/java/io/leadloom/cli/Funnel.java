package io.leadloom.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.leadloom.model.Lead;
import io.leadloom.model.Milestone;
import io.leadloom.model.Stage;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run came to. Rows = leads + joined + all set aside.
 *
 * @param rows of the source
 * @param setAside rows from which nothing followed, by reason
 * @param joined rows that belong to a lead that was there already
 * @param leads how many there are; the members after it count leads that got so far
 * @param ended why leads ended without a booking, by reason
 * @param duplicateSends effects at third parties beyond the first of each message and booking,
 *     counted from the simulators' journal
 * @param lostLeads leads that neither ended nor go on
 * @param steps states entered by the state machines
 * @param faults how many requests to the stack went wrong, by the faults that were asked for
 */
record Funnel(
    int rows,
    SortedMap<String, Integer> setAside,
    int joined,
    int leads,
    int enriched,
    int qualified,
    int drafted,
    int approved,
    int sent,
    int replied,
    int booked,
    int suppressed,
    int failed,
    SortedMap<String, Integer> ended,
    int duplicateSends,
    int lostLeads,
    @JsonProperty("costPer1000LeadsUsd") double costPer1000LeadsUsd,
    double seconds,
    long steps,
    SortedMap<String, Long> faults) {

  static Funnel of(
      Accounting rows,
      List<Lead> leads,
      Journal journal,
      long costMicroUsd,
      double seconds,
      long steps,
      SortedMap<String, Long> faults) {
    var ended = new TreeMap<String, Integer>();
    for (var lead : leads) {
      if (lead.ended() && lead.stage() != Stage.BOOKED) {
        ended.merge(lead.reason() == null ? "unknown" : lead.reason(), 1, Integer::sum);
      }
    }
    return new Funnel(
        rows.rows(),
        rows.setAside(),
        rows.joined(),
        leads.size(),
        reached(leads, Milestone.ENRICHED),
        reached(leads, Milestone.QUALIFIED),
        reached(leads, Milestone.DRAFTED),
        reached(leads, Milestone.APPROVED),
        reached(leads, Milestone.SENT),
        reached(leads, Milestone.REPLIED),
        reached(leads, Milestone.BOOKED),
        in(leads, Stage.SUPPRESSED),
        in(leads, Stage.FAILED),
        ended,
        journal.duplicateEffects(),
        (int) leads.stream().filter(lead -> !lead.ended()).count(),
        leads.isEmpty() ? 0 : Math.round(costMicroUsd / 1e3 / leads.size() * 100) / 100.0,
        Math.round(seconds * 10) / 10.0,
        steps,
        faults);
  }

  private static int reached(List<Lead> leads, Milestone milestone) {
    return (int) leads.stream().filter(lead -> lead.reached().containsKey(milestone)).count();
  }

  private static int in(List<Lead> leads, Stage stage) {
    return (int) leads.stream().filter(lead -> lead.stage() == stage).count();
  }

  /** What became of the rows of a source. */
  record Accounting(int rows, int leads, int joined, SortedMap<String, Integer> setAside) {

    static Accounting of(int leads, int joined, Map<String, Integer> setAside) {
      var aside = setAside.values().stream().mapToInt(Integer::intValue).sum();
      return new Accounting(leads + joined + aside, leads, joined, new TreeMap<>(setAside));
    }
  }
}
