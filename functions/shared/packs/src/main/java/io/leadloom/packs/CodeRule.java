package io.leadloom.packs;

import java.util.List;

/**
 * A section of a public code and what follows from it for a firm with such a permit.
 *
 * @param id unique in the pack
 * @param citation as the trade writes it, such as "NFPA 25 §5.2.1"
 * @param title what the section is about
 * @param jurisdictions "US" for a model code in use across the country, or states such as "US-TX"
 * @param buildingTypes words or phrases of a building type; empty means every building
 * @param permitTypeAny words or phrases of the permit's type, description or project
 * @param gaps what such firms often have not seen to yet, each a phrase that completes "often open:
 *     ..."
 * @param summary one sentence in our own words
 */
public record CodeRule(
    String id,
    String citation,
    String title,
    List<String> jurisdictions,
    List<String> buildingTypes,
    List<String> permitTypeAny,
    List<String> gaps,
    String summary) {

  public CodeRule {
    jurisdictions = List.copyOf(jurisdictions);
    buildingTypes = List.copyOf(buildingTypes);
    permitTypeAny = List.copyOf(permitTypeAny);
    gaps = List.copyOf(gaps);
  }

  /**
   * Whether the section concerns this permit.
   *
   * @param state two letters, or empty where unknown
   */
  public boolean appliesTo(PermitFacts permit, String state) {
    Words text = Words.ofEach(permit.type(), permit.description(), permit.project());
    return (jurisdictions.contains("US") || jurisdictions.contains("US-" + state))
        && (buildingTypes.isEmpty() || Words.of(permit.buildingType()).containsAny(buildingTypes))
        && text.containsAny(permitTypeAny);
  }
}
