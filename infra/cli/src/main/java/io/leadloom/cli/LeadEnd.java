package io.leadloom.cli;

import io.leadloom.model.Lead;
import io.leadloom.model.Milestone;
import io.leadloom.model.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of a lead, without what may differ between two runs of the same input.
 *
 * @param effects how much left the system for it, by kind: messages and bookings
 */
record LeadEnd(
    String lead,
    String company,
    Stage stage,
    @Nullable String reason,
    List<Milestone> reached,
    SortedMap<String, Long> effects) {

  /** In the order of their ids. */
  static List<LeadEnd> of(List<Lead> leads, Journal journal) {
    var effects =
        journal.lines().stream()
            .filter(line -> line.lead() != null && line.effect() != null)
            .collect(
                Collectors.groupingBy(
                    line -> String.valueOf(line.lead()),
                    Collectors.groupingBy(
                        line -> String.valueOf(line.effect()).replaceFirst(":.*", ""),
                        TreeMap::new,
                        Collectors.counting())));
    return leads.stream()
        .map(lead ->
            new LeadEnd(
                lead.id().value(),
                lead.company().name(),
                lead.stage(),
                lead.reason(),
                lead.reached().keySet().stream().sorted().toList(),
                effects.getOrDefault(lead.id().value(), new TreeMap<>())))
        .sorted(Comparator.comparing(LeadEnd::lead))
        .toList();
  }
}
