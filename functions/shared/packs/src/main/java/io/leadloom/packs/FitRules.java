package io.leadloom.packs;

import io.leadloom.model.Icp;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

  /**
   * The same weights for customers that a tenant named. Sizes and places it named get the most that
   * any get here, and all others nothing.
   */
  FitRules narrowedTo(Icp icp) {
    var industries = icp.industries().isEmpty() ? targetIndustries : icp.industries();
    return new FitRules(max, industries, targetIndustry, bands(icp), places(icp), elsewhere(icp));
  }

  private List<EmployeeBand> bands(Icp icp) {
    var least = icp.minEmployees();
    var most = icp.maxEmployees();
    if (least == null && most == null) {
      return employeeBands;
    }
    var points = employeeBands.stream().mapToInt(EmployeeBand::points).max().orElse(0);
    return List.of(
        new EmployeeBand(
            least == null ? 0 : least,
            most == null ? Integer.MAX_VALUE : most,
            points,
            "score.icp-size"));
  }

  private Map<String, Points> places(Icp icp) {
    if (icp.places().isEmpty()) {
      return places;
    }
    var points = places.values().stream().mapToInt(Points::points).max().orElse(0);
    return icp.places().stream()
        .distinct()
        .collect(
            Collectors.toUnmodifiableMap(
                place -> place, place -> new Points(points, "score.icp-place")));
  }

  private Points elsewhere(Icp icp) {
    return icp.places().isEmpty() ? elsewhere : new Points(0, "score.icp-elsewhere");
  }

  /** Whether an industry or a firm's name is one the trade sells to. */
  public boolean isTargetIndustry(String industryOrName) {
    return Words.of(industryOrName).containsAny(targetIndustries);
  }
}
