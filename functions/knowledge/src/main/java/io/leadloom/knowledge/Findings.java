package io.leadloom.knowledge;

import io.leadloom.model.Company;
import io.leadloom.model.Research;
import io.leadloom.model.Research.CaseStudyHit;
import io.leadloom.model.Research.RuleHit;
import io.leadloom.packs.CaseStudy;
import io.leadloom.packs.CodeRule;
import io.leadloom.packs.PermitFacts;
import io.leadloom.packs.ResearchRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a pack knows that bears on a lead: rules that apply, gaps they leave, a case study that
 * fits.
 */
final class Findings {

  /** A case from the company's own industry says more than one keyword does. */
  private static final int SAME_INDUSTRY = 2;

  private final ResearchRules knowledge;
  private final Company company;
  private final List<PermitFacts> permits;

  private Findings(ResearchRules knowledge, Company company, List<PermitFacts> permits) {
    this.knowledge = knowledge;
    this.company = company;
    this.permits = permits;
  }

  /** Looks up what is known about a company with these permits. */
  static Research of(
      ResearchRules knowledge, Company company, List<PermitFacts> permits, Instant now) {
    var findings = new Findings(knowledge, company, permits);
    var rules = findings.rules();
    return new Research(
        rules.stream().map(findings::hit).toList(),
        rules.stream().map(CodeRule::gaps).flatMap(List::stream).distinct().toList(),
        findings.caseStudy().orElse(null),
        now);
  }

  /** Most pertinent first: a rule for this building and state says more than a general one. */
  private List<CodeRule> rules() {
    return knowledge.rules().stream()
        .filter(rule -> permits.stream().anyMatch(permit -> applies(rule, permit)))
        .sorted(Comparator.comparingInt(Findings::pertinence).reversed())
        .toList();
  }

  private boolean applies(CodeRule rule, PermitFacts permit) {
    return rule.appliesTo(permit, state());
  }

  private String state() {
    return Optional.ofNullable(company.state()).orElse("").toUpperCase(Locale.ROOT);
  }

  private static int pertinence(CodeRule rule) {
    return (rule.buildingTypes().isEmpty() ? 0 : 2) + (rule.jurisdictions().contains("US") ? 0 : 1);
  }

  private RuleHit hit(CodeRule rule) {
    var permit = permits.stream().filter(p -> applies(rule, p)).findFirst().orElseThrow();
    var why = new ArrayList<String>();
    why.add("permit " + permit.number() + " is for '" + permit.type() + "'");
    if (!rule.buildingTypes().isEmpty()) {
      why.add("the building is '" + permit.buildingType() + "'");
    }
    why.add(
        rule.jurisdictions().contains("US")
            ? "the rule is in use across the country"
            : "the rule is in force in " + state());
    return new RuleHit(
        rule.id(), rule.citation(), rule.title(), rule.summary(), String.join("; ", why));
  }

  /** The best of the pack's cases, the first of equals; none where nothing connects it. */
  private Optional<CaseStudyHit> caseStudy() {
    CaseStudy best = null;
    var most = 0;
    for (var candidate : knowledge.caseStudies()) {
      var fit = fit(candidate);
      if (fit > most) {
        best = candidate;
        most = fit;
      }
    }
    return Optional.ofNullable(best).map(this::hit);
  }

  private int fit(CaseStudy candidate) {
    return work(candidate) + (sameIndustry(candidate) ? SAME_INDUSTRY : 0);
  }

  private int work(CaseStudy candidate) {
    return permits.stream().mapToInt(candidate::fit).max().orElse(0);
  }

  private boolean sameIndustry(CaseStudy candidate) {
    return Optional.ofNullable(company.industry())
        .map(industry -> industry.strip().equalsIgnoreCase(candidate.industry()))
        .orElse(false);
  }

  private CaseStudyHit hit(CaseStudy found) {
    var why = new ArrayList<String>();
    if (work(found) > 0) {
      why.add("its work resembles the permit");
    }
    if (sameIndustry(found)) {
      why.add("its client is in the same industry, " + found.industry());
    }
    return new CaseStudyHit(found.id(), found.client(), found.outcome(), String.join("; ", why));
  }
}
