package io.leadloom.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known that bears on a lead.
 *
 * @param rules code rules that apply, most pertinent first
 * @param gaps what the signal suggests is still missing
 * @param caseStudy the most fitting one
 */
public record Research(
    List<RuleHit> rules, List<String> gaps, @Nullable CaseStudyHit caseStudy, Instant at) {

  /** Keeps copies. */
  public Research {
    rules = List.copyOf(rules);
    gaps = List.copyOf(gaps);
  }

  /** A rule and why it applies. */
  public record RuleHit(String id, String citation, String title, String summary, String why) {}

  /** A case study and why it fits. */
  public record CaseStudyHit(String id, String client, String outcome, String why) {}
}
