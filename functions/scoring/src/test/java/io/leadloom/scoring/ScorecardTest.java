package io.leadloom.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Company;
import io.leadloom.model.Contact;
import io.leadloom.model.Score;
import io.leadloom.model.Suppression;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.packs.PermitFacts;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScorecardTest {

  private static final Pack PACK = new Packs().load("fire-safety");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Owner,                          25
          CEO,                            25
          Chief Executive Officer,        25
          Founder & CEO,                  25
          Co-Founder,                     25
          President,                      22
          CTO,                            22
          Chief Financial Officer,        22
          Vice President,                 18
          Vice President of Operations,   18
          V.P. Construction,              18
          SVP,                            18
          Director of Facilities,         15
          Head of Procurement,            15
          Senior Manager,                 10
          Project Manager,                7
          Executive Assistant to the CEO, 5
          Assistant to the President,     5
          Owner's Representative,         7
          Intern,                         5
          Plumber,                        5
          '',                             0
          """)
  void aTitleIsRankedByItsWholeWords(String title, int points) {
    assertThat(component(score(facts(titled(title))), "authority").points()).isEqualTo(points);
  }

  @Test
  void eachComponentTellsItsReasons() {
    var score = score(facts(Samples.contact()));
    assertThat(score.points())
        .isEqualTo(score.components().stream().mapToInt(Score.Component::points).sum());
    assertThat(score.components())
        .extracting(Score.Component::name)
        .containsExactly("data-quality", "authority", "fit", "timing", "risk");
    assertThat(score.components()).allSatisfy(c -> assertThat(c.reasons()).isNotEmpty());
    assertThat(component(score, "data-quality").reasons())
        .contains(new Score.Reason("score.email-verified", 8, "The e-mail address is verified"));
    assertThat(component(score, "authority").reasons())
        .containsExactly(
            new Score.Reason("score.title-owner", 25, "The contact's title is 'Owner'"));
    assertThat(component(score, "timing").reasons())
        .contains(new Score.Reason("score.permit-new", 5, "Permit FA-2026-0017 is 10 days old"));
    assertThat(score.version()).isEqualTo(PACK.scoring().version());
  }

  @Test
  void theSampleOwnerIsHot() {
    var score = score(facts(Samples.contact()));
    assertThat(score.points()).isGreaterThanOrEqualTo(85);
    assertThat(score.tier()).isEqualTo("hot");
    assertThat(score.vetoes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "opt-out.reply, veto.unsubscribed",
    "bounce.hard,   veto.hard-bounced",
    "complaint,     veto.suppressed"
  })
  void aSuppressedOwnerIsDeadWhateverTheirPoints(String reason, String veto) {
    var suppression = new Suppression("hash", reason, "test", TestClock.START);
    var score =
        score(facts(Samples.enrichedCompany(), Samples.contact(), false, false, suppression));
    assertThat(score.points()).isGreaterThanOrEqualTo(85);
    assertThat(score.vetoes()).containsExactly(veto);
    assertThat(score.tier()).isEqualTo("dead");
  }

  @Test
  void aCompetitorIsDeadWhateverTheirPoints() {
    var score = score(facts(Samples.enrichedCompany(), Samples.contact(), true, false, null));
    assertThat(score.vetoes()).containsExactly("veto.competitor");
    assertThat(score.tier()).isEqualTo("dead");
  }

  @Test
  void aBounceAndABadTitleAreTakenOffTheRiskComponent() {
    var bounced =
        score(facts(Samples.enrichedCompany(), titled("Receptionist"), false, true, null));
    assertThat(component(bounced, "risk").points()).isZero();
    assertThat(component(score(facts(Samples.contact())), "risk").points()).isEqualTo(15);
  }

  @Test
  void aSharedAddressIsNotAPersonalOne() {
    assertThat(codes(score(facts(mailbox("info@brightwater-builders.example"))), "data-quality"))
        .doesNotContain("score.personal-email");
    assertThat(
            codes(score(facts(mailbox("m.ellery@brightwater-builders.example"))), "data-quality"))
        .contains("score.personal-email");
  }

  @Test
  void whatIsNotKnownEarnsNothingAndIsSaid() {
    var score = score(facts(Samples.company(), null, false, false, null));
    assertThat(component(score, "data-quality").points()).isZero();
    assertThat(component(score, "authority").points()).isZero();
    assertThat(codes(score, "fit")).contains("score.size-unknown", "score.place-not-served");
  }

  @Test
  void aNewRoleCountsByItsMonths() {
    assertThat(codes(score(facts(since("2025-12-01"))), "timing")).contains("score.role-new");
    assertThat(codes(score(facts(since("2025-04-01"))), "timing")).contains("score.role-recent");
    assertThat(codes(score(facts(since("2020-04-01"))), "timing"))
        .doesNotContain("score.role-new", "score.role-recent");
  }

  private static Score score(ScoredFacts facts) {
    return Scorecard.score(facts, PACK.scoring(), TestClock.START);
  }

  private static ScoredFacts facts(Contact contact) {
    return facts(Samples.enrichedCompany(), contact, false, false, null);
  }

  private static ScoredFacts facts(
      Company company,
      @Nullable Contact contact,
      boolean competitor,
      boolean bounced,
      @Nullable Suppression suppression) {
    return new ScoredFacts(
        company,
        contact,
        List.of(PermitFacts.of(Samples.permit())),
        0.7,
        competitor,
        bounced,
        Optional.ofNullable(suppression));
  }

  private static Contact titled(String title) {
    return contact(title, Samples.contact().email(), LocalDate.parse("2020-01-01"));
  }

  private static Contact mailbox(String email) {
    return contact("Owner", email, LocalDate.parse("2020-01-01"));
  }

  private static Contact since(String day) {
    return contact("Owner", Samples.contact().email(), LocalDate.parse(day));
  }

  private static Contact contact(String title, String email, LocalDate since) {
    var sample = Samples.contact();
    return new Contact(
        sample.firstName(),
        sample.lastName(),
        title,
        email,
        true,
        null,
        sample.phone(),
        true,
        sample.linkedinUrl(),
        since,
        0.9,
        "apollo");
  }

  private static Score.Component component(Score score, String name) {
    return score.components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> codes(Score score, String component) {
    return component(score, component).reasons().stream().map(Score.Reason::code).toList();
  }
}
