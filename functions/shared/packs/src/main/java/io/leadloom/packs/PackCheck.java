package io.leadloom.packs;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the types alone cannot say about a pack. Collects every problem, each with the path in the
 * file, so that one run shows all there is to mend.
 */
final class PackCheck {

  private static final double ROUNDING = 1e-9;

  private final Pack pack;
  private final List<String> problems = new ArrayList<>();

  PackCheck(Pack pack) {
    this.pack = pack;
  }

  List<String> problems() {
    permits();
    quality();
    scoring();
    research();
    drafting();
    timing();
    return List.copyOf(problems);
  }

  private void permits() {
    PermitMapping permits = pack.permits();
    for (PermitField field :
        EnumSet.of(PermitField.NUMBER, PermitField.TYPE, PermitField.APPLICANT)) {
      require(
          permits.headers().containsKey(field),
          "permits.headers",
          "has no column names for " + field);
    }
    for (int i = 0; i < permits.dateFormats().size(); i++) {
      try {
        new PermitDates(List.of(permits.dateFormats().get(i)));
      } catch (IllegalArgumentException e) {
        problem("permits.dateFormats[" + i + "]", e.getMessage() + "");
      }
    }
    Statuses statuses = permits.statuses();
    statuses
        .synonyms()
        .forEach((wording, word) ->
            require(
                statuses.standing(word) != Statuses.Standing.UNKNOWN,
                "permits.statuses.synonyms." + wording,
                "means \"" + word + "\", which is neither good, progress nor bad"));
    unique("permits.relevance.rules", permits.relevance().rules(), RelevanceRule::id);
    for (RelevanceRule rule : permits.relevance().rules()) {
      String path = "permits.relevance." + rule.id();
      rule.urgency().ifPresent(urgency -> share(path + ".urgency", urgency));
      require(
          rule.relevant() || rule.urgency().isEmpty(),
          path + ".urgency",
          "is given for a permit that is not relevant");
      require(
          !rule.when().isEmpty(), path + ".when", "asks for nothing, so no later rule is reached");
    }
  }

  private void quality() {
    QualityRules quality = pack.quality();
    share("quality.minToEnrich", quality.minToEnrich());
    double sum =
        quality.applicant()
            + quality.completeAddress()
            + quality.relevantType()
            + quality.fresh()
            + quality.goodStatus()
            + quality.geocodable();
    require(
        Math.abs(sum - 1) < ROUNDING,
        "quality",
        "its weights must add up to 1, not " + (float) sum);
    require(
        quality.progressStatus() <= quality.goodStatus(),
        "quality.progressStatus",
        "is more than goodStatus");
    require(
        quality.capWithoutApplicant() < quality.minToEnrich(),
        "quality.capWithoutApplicant",
        "must be below minToEnrich");
  }

  private void scoring() {
    ScoringRules scoring = pack.scoring();
    int sum =
        scoring.dataQuality().max()
            + scoring.authority().max()
            + scoring.fit().max()
            + scoring.timing().max()
            + scoring.risk().max();
    require(sum == 100, "scoring", "the components' max must add up to 100, not " + sum);
    List<Tier> tiers = scoring.tiers();
    require(!tiers.isEmpty(), "scoring.tiers", "is empty");
    for (int i = 1; i < tiers.size(); i++) {
      require(
          tiers.get(i).atLeast() < tiers.get(i - 1).atLeast(),
          "scoring.tiers[" + i + "].atLeast",
          tiers.get(i).atLeast()
              + " is not below the tier before it, "
              + tiers.get(i - 1).atLeast());
    }
    if (!tiers.isEmpty()) {
      require(
          tiers.getLast().atLeast() == 0,
          "scoring.tiers",
          "the last tier must begin at 0, so that every score has one");
    }
    unique("scoring.tiers", tiers, Tier::code);
    require(
        scoring.qualifyAt() >= 0 && scoring.qualifyAt() <= 100,
        "scoring.qualifyAt",
        "must be from 0 to 100");
    List<TitleRule> titles = scoring.authority().titles().rules();
    for (int i = 0; i < titles.size(); i++) {
      String path = "scoring.authority.titles.rules[" + i + "]";
      require(!titles.get(i).any().isEmpty(), path + ".any", "is empty");
      require(
          titles.get(i).points() <= scoring.authority().max(),
          path + ".points",
          "is more than scoring.authority.max");
    }
    bands();
  }

  private void bands() {
    TimingRules timing = pack.scoring().timing();
    for (var ages : List.of(timing.permitAge(), timing.roleAge())) {
      for (int i = 1; i < ages.size(); i++) {
        require(
            ages.get(i).upTo() > ages.get(i - 1).upTo(),
            "scoring.timing",
            "the age band up to " + ages.get(i).upTo() + " is never reached");
      }
    }
    for (int i = 1; i < timing.permitUrgency().size(); i++) {
      require(
          timing.permitUrgency().get(i).atLeast() < timing.permitUrgency().get(i - 1).atLeast(),
          "scoring.timing.permitUrgency[" + i + "]",
          "is never reached");
    }
    for (EmployeeBand band : pack.scoring().fit().employeeBands()) {
      require(
          band.min() <= band.max(),
          "scoring.fit.employeeBands",
          "the band from " + band.min() + " to " + band.max() + " holds nothing");
    }
  }

  private void research() {
    unique("research.rules", pack.research().rules(), CodeRule::id);
    unique("research.caseStudies", pack.research().caseStudies(), CaseStudy::id);
    for (CodeRule rule : pack.research().rules()) {
      String path = "research.rules." + rule.id();
      require(!rule.jurisdictions().isEmpty(), path + ".jurisdictions", "is empty");
      require(!rule.permitTypeAny().isEmpty(), path + ".permitTypeAny", "is empty");
    }
  }

  private void drafting() {
    DraftingRules drafting = pack.drafting();
    unique("drafting.templates", drafting.templates(), Template::id);
    for (Template template : drafting.templates()) {
      String path = "drafting.templates." + template.id();
      placeholders(path, template.subject().orElse("") + "\n" + template.body());
      boolean startsThread = template.kind() == TemplateKind.FIRST_TOUCH;
      require(!startsThread || template.subject().isPresent(), path + ".subject", "is missing");
      require(
          (template.kind() == TemplateKind.ANSWER) == template.answers().isPresent(),
          path + ".answers",
          "belongs to an ANSWER and to nothing else");
    }
    for (TemplateKind kind : TemplateKind.values()) {
      require(
          !drafting.templates(kind).isEmpty(), "drafting.templates", "there is none for " + kind);
      require(
          Optional.ofNullable(drafting.limits().get(kind))
              .filter(limit -> limit.min() <= limit.max())
              .isPresent(),
          "drafting.limits." + kind,
          "needs min and max, min not above max");
    }
    require(
        !drafting.answers(QuestionKind.GENERAL).isEmpty(),
        "drafting.templates",
        "there is no ANSWER for GENERAL questions");
    placeholders("drafting.footer", drafting.footer());
    require(
        Template.placeholders(drafting.footer())
            .containsAll(Set.of("sender.company", "sender.postalAddress", "optOut")),
        "drafting.footer",
        "must hold {{sender.company}}, {{sender.postalAddress}} and {{optOut}}");
  }

  private void placeholders(String path, String text) {
    for (String name : Template.placeholders(text)) {
      require(Placeholders.KNOWN.contains(name), path, "uses the unknown {{" + name + "}}");
    }
  }

  private void timing() {
    List<Integer> days = pack.cadence().followUpAfterDays();
    require(
        days.stream().allMatch(day -> day > 0), "cadence.followUpAfterDays", "must be positive");
    ApprovalRules approval = pack.approval();
    require(
        0 < approval.remindAfterHours()
            && approval.remindAfterHours() <= approval.escalateAfterHours()
            && approval.escalateAfterHours() < approval.expiresAfterHours(),
        "approval",
        "must remind first, then escalate, then expire");
    require(
        approval.autoApproveAt() >= 0 && approval.autoApproveAt() <= 100,
        "approval.autoApproveAt",
        "must be from 0 to 100");
    SendingRules sending = pack.sending();
    window("sending.window", sending.window());
    for (int i = 0; i < sending.best().size(); i++) {
      window("sending.best[" + i + "]", sending.best().get(i));
    }
    window("meeting.hours", pack.meeting().hours());
    for (int i = 1; i < sending.warmUp().size(); i++) {
      require(
          sending.warmUp().get(i).throughDay() > sending.warmUp().get(i - 1).throughDay(),
          "sending.warmUp[" + i + "]",
          "is never reached");
    }
    require(sending.dailyPerDomain() > 0, "sending.dailyPerDomain", "must be positive");
    require(pack.meeting().durationMinutes() > 0, "meeting.durationMinutes", "must be positive");
  }

  private void window(String path, SendWindow window) {
    require(!window.days().isEmpty(), path + ".days", "is empty");
    require(window.from().isBefore(window.to()), path, "must begin before it ends");
  }

  private void share(String path, double value) {
    require(value >= 0 && value <= 1, path, value + " is not from 0 to 1");
  }

  private <T> void unique(String path, List<T> items, Function<T, String> id) {
    Set<String> seen = new HashSet<>();
    for (T item : items) {
      require(seen.add(id.apply(item)), path, "\"" + id.apply(item) + "\" occurs twice");
    }
  }

  private void require(boolean holds, String path, String otherwise) {
    if (!holds) {
      problem(path, otherwise);
    }
  }

  private void problem(String path, String text) {
    problems.add(path + ": " + text);
  }
}
