package io.leadloom.packs;

import java.util.List;

/**
 * What a message may cite.
 *
 * @param rules public code sections
 * @param caseStudies what earlier clients got
 */
public record ResearchRules(List<CodeRule> rules, List<CaseStudy> caseStudies) {

  public ResearchRules {
    rules = List.copyOf(rules);
    caseStudies = List.copyOf(caseStudies);
  }
}
