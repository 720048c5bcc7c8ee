package io.leadloom.scoring;

import io.leadloom.model.Contact;
import io.leadloom.model.Score;
import io.leadloom.packs.AgeBand;
import io.leadloom.packs.PermitFacts;
import io.leadloom.packs.Points;
import io.leadloom.packs.ScoringRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lead score: data quality, authority, fit, timing and risk, each capped, together 0 to 100,
 * with weights from the pack. Whatever forbids contact is a veto beside the points, never a
 * deduction that other points could make up for.
 */
final class Scorecard {

  private final ScoredFacts facts;
  private final ScoringRules rules;
  private final LocalDate today;

  private Scorecard(ScoredFacts facts, ScoringRules rules, LocalDate today) {
    this.facts = facts;
    this.rules = rules;
    this.today = today;
  }

  /** Scores a lead at a moment. */
  static Score score(ScoredFacts facts, ScoringRules rules, Instant now) {
    var card = new Scorecard(facts, rules, LocalDate.ofInstant(now, ZoneOffset.UTC));
    var components =
        List.of(card.dataQuality(), card.authority(), card.fit(), card.timing(), card.risk());
    var points = components.stream().mapToInt(Score.Component::points).sum();
    var vetoes = card.vetoes();
    var tier = vetoes.isEmpty() ? rules.tier(points) : rules.tiers().getLast();
    return new Score(
        points, tier.code(), facts.urgency(), components, vetoes, rules.version(), now);
  }

  private Score.Component dataQuality() {
    var weights = rules.dataQuality();
    var tally = new Tally("data-quality", weights.max());
    var contact = facts.contact();
    if (contact == null) {
      return tally.nothing("score.no-contact", "No contact is known").component();
    }
    if (contact.emailVerified()) {
      tally.add(weights.emailVerified(), "The e-mail address is verified");
    } else {
      tally.add(weights.emailUnverified(), "The e-mail address is known but not verified");
    }
    if (contact.phone() == null) {
      tally.nothing("score.no-phone", "No phone number is known");
    } else if (contact.phoneVerified()) {
      tally.add(weights.phoneVerified(), "The phone number is verified");
    } else {
      tally.add(weights.phoneUnverified(), "The phone number is known but not verified");
    }
    if (contact.linkedinUrl() != null) {
      tally.add(weights.linkedIn(), "A LinkedIn profile is known");
    }
    if (isPersonal(contact)) {
      tally.add(weights.personalEmail(), "The address is the person's own, not a shared one");
    }
    return tally.component();
  }

  /** A shared address, such as info@, does not carry its reader's name. */
  private static boolean isPersonal(Contact contact) {
    if (contact.personalEmail() != null) {
      return true;
    }
    var mailbox = lower(contact.email()).split("@", 2)[0];
    return List.of(contact.firstName(), contact.lastName()).stream()
        .map(Scorecard::lower)
        .anyMatch(name -> !name.isBlank() && mailbox.contains(name));
  }

  private Score.Component authority() {
    var weights = rules.authority();
    var title =
        Optional.ofNullable(facts.contact()).map(Contact::title).map(String::strip).orElse("");
    return new Tally("authority", weights.max())
        .add(
            weights.titles().rank(title),
            title.isEmpty() ? "No job title is known" : "The contact's title is '" + title + "'")
        .component();
  }

  private Score.Component fit() {
    var weights = rules.fit();
    var tally = new Tally("fit", weights.max());
    var company = facts.company();
    var industry = Optional.ofNullable(company.industry()).filter(text -> !text.isBlank());
    if (weights.isTargetIndustry(industry.orElse(company.name()))) {
      tally.add(
          weights.targetIndustry(),
          industry
              .map(text -> "The company's industry, '" + text + "', is a target")
              .orElse("The company's name tells of a target industry"));
    } else {
      tally.nothing(
          "score.other-industry",
          industry
              .map(text -> "The company's industry, '" + text + "', is not a target")
              .orElse("The company's industry is not known"));
    }
    var employees = company.employees();
    if (employees == null) {
      tally.nothing("score.size-unknown", "The number of employees is not known");
    } else {
      weights.employeeBands().stream()
          .filter(band -> employees >= band.min() && employees <= band.max())
          .findFirst()
          .ifPresentOrElse(
              band ->
                  tally.add(
                      new Points(band.points(), band.reasonCode()),
                      "The company has " + employees + " employees"),
              () ->
                  tally.nothing("score.size-other", "The company has " + employees + " employees"));
    }
    tally.add(place(company.country(), company.state()), placeText());
    return tally.component();
  }

  private Points place(@Nullable String country, @Nullable String state) {
    var places = rules.fit().places();
    var ofState = country == null || state == null ? null : places.get(country + "-" + state);
    var ofCountry = country == null ? null : places.get(country);
    return Optional.ofNullable(ofState)
        .or(() -> Optional.ofNullable(ofCountry))
        .orElse(rules.fit().elsewhere());
  }

  private String placeText() {
    var company = facts.company();
    var country = company.country();
    if (country == null) {
      return "The company's country is not known";
    }
    return "The company is in "
        + Optional.ofNullable(company.state()).map(state -> state + ", ").orElse("")
        + country;
  }

  private Score.Component timing() {
    var weights = rules.timing();
    var tally = new Tally("timing", weights.max());
    freshest()
        .ifPresentOrElse(
            permit -> permitAge(tally, permit),
            () -> tally.nothing("score.permit-undated", "No permit has a date"));
    weights.permitUrgency().stream()
        .filter(band -> facts.urgency() >= band.atLeast())
        .findFirst()
        .ifPresent(band ->
            tally.add(
                new Points(band.points(), band.reasonCode()),
                String.format(
                    Locale.ROOT, "The need has an urgency of %.2f of 1", facts.urgency())));
    Optional.ofNullable(facts.contact())
        .map(Contact::roleSince)
        .ifPresent(since -> roleAge(tally, since));
    if (Boolean.TRUE.equals(facts.company().hiring())) {
      tally.add(weights.hiring(), "The company is hiring");
    }
    return tally.component();
  }

  private Optional<PermitFacts> freshest() {
    return facts.permits().stream()
        .filter(permit -> day(permit).isPresent())
        .max(Comparator.comparing(permit -> day(permit).orElseThrow()));
  }

  private static Optional<LocalDate> day(PermitFacts permit) {
    return permit.issued().or(permit::submitted);
  }

  private void permitAge(Tally tally, PermitFacts permit) {
    var days = ChronoUnit.DAYS.between(day(permit).orElseThrow(), today);
    var text = "Permit " + permit.number() + " is " + Math.max(0, days) + " days old";
    band(rules.timing().permitAge(), days)
        .ifPresentOrElse(
            points -> tally.add(points, text), () -> tally.nothing("score.permit-old", text));
  }

  private void roleAge(Tally tally, LocalDate since) {
    var months = ChronoUnit.MONTHS.between(since, today);
    band(rules.timing().roleAge(), months)
        .ifPresent(
            points -> tally.add(points, "The contact has held the role for " + months + " months"));
  }

  private static Optional<Points> band(List<AgeBand> bands, long age) {
    return bands.stream()
        .filter(band -> age <= band.upTo())
        .findFirst()
        .map(band -> new Points(band.points(), band.reasonCode()));
  }

  private Score.Component risk() {
    var weights = rules.risk();
    var tally = new Tally("risk", weights.max());
    tally.add(new Points(weights.max(), "score.risk-start"), "What speaks against it is taken off");
    if (facts.bouncedBefore()) {
      tally.take(weights.bounced(), "A message to the contact came back before");
    }
    Optional.ofNullable(facts.contact())
        .map(Contact::title)
        .filter(weights::isBadTitle)
        .ifPresent(title ->
            tally.take(weights.badTitle(), "People with the title '" + title + "' seldom buy"));
    return tally.component();
  }

  private List<String> vetoes() {
    var vetoes = new ArrayList<String>();
    facts.suppression().map(found -> vetoOf(found.reason())).ifPresent(vetoes::add);
    if (facts.competitor() && rules.risk().vetoes().contains("competitor")) {
      vetoes.add("veto.competitor");
    }
    return vetoes;
  }

  private static String vetoOf(String reason) {
    if (reason.startsWith("opt-out") || reason.startsWith("unsubscribe")) {
      return "veto.unsubscribed";
    }
    return reason.startsWith("bounce") ? "veto.hard-bounced" : "veto.suppressed";
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Adds up one component and caps it. */
  private static final class Tally {

    private final String name;
    private final int max;
    private final List<Score.Reason> reasons = new ArrayList<>();
    private int sum;

    Tally(String name, int max) {
      this.name = name;
      this.max = max;
    }

    Tally add(Points points, String text) {
      return add(points.reasonCode(), points.points(), text);
    }

    Tally take(Points points, String text) {
      return add(points.reasonCode(), -points.points(), text);
    }

    Tally nothing(String code, String text) {
      return add(code, 0, text);
    }

    private Tally add(String code, int points, String text) {
      sum += points;
      reasons.add(new Score.Reason(code, points, text));
      return this;
    }

    Score.Component component() {
      return new Score.Component(name, Math.clamp(sum, 0, max), max, reasons);
    }
  }
}
