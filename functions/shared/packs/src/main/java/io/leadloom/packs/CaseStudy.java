package io.leadloom.packs;

import java.util.List;

/**
 * What an earlier client got.
 *
 * @param id unique in the pack
 * @param client how the client may be named in a message
 * @param industry of the client
 * @param buildingType of the project
 * @param outcome one clause with a figure that follows "we": "cut ... from 6 weeks to 2"
 * @param keywords words or phrases of a permit that make the case a fitting one
 */
public record CaseStudy(
    String id,
    String client,
    String industry,
    String buildingType,
    String outcome,
    List<String> keywords) {

  public CaseStudy {
    keywords = List.copyOf(keywords);
  }

  /** How well the case fits a permit: two for each keyword found, one for the building type. */
  public int fit(PermitFacts permit) {
    Words text = Words.ofEach(permit.type(), permit.description(), permit.project());
    int building = Words.of(permit.buildingType()).contains(buildingType) ? 1 : 0;
    return building + 2 * (int) keywords.stream().filter(text::contains).count();
  }
}
