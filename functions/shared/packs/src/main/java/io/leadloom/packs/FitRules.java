package io.leadloom.packs;

import java.util.List;
import java.util.Map;

/**
 * Whether a firm is one the trade sells to.
 *
 * @param max cap of the component
 * @param targetIndustries words or phrases of an industry or, where none is known, of a firm's name
 * @param targetIndustry for one of those
 * @param employeeBands the first band that holds the number of employees counts
 * @param places country ("US") or state ("US-TX") → points; the state wins over the country
 * @param elsewhere for any other place
 */
public record FitRules(
    int max,
    List<String> targetIndustries,
    Points targetIndustry,
    List<EmployeeBand> employeeBands,
    Map<String, Points> places,
    Points elsewhere) {

  public FitRules {
    targetIndustries = List.copyOf(targetIndustries);
    employeeBands = List.copyOf(employeeBands);
    places = Map.copyOf(places);
  }

  /** Whether an industry or a firm's name is one the trade sells to. */
  public boolean isTargetIndustry(String industryOrName) {
    return Words.of(industryOrName).containsAny(targetIndustries);
  }
}
