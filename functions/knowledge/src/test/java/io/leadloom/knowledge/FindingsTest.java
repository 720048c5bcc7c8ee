package io.leadloom.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Company;
import io.leadloom.model.Research;
import io.leadloom.packs.Packs;
import io.leadloom.packs.PermitFacts;
import io.leadloom.packs.PermitField;
import io.leadloom.testkit.TestClock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {

  private static final Packs PACKS = new Packs();

  @ParameterizedTest
  @CsvSource({
    "Fire Alarm Permit,  TX, office,   tx-6002",
    "Fire Sprinkler,     TX, office,   tx-6003",
    "Fire Sprinkler,     CA, office,   ca-19-904",
    "Fire Sprinkler,     FL, office,   fl-633-312",
    "Fire Alarm Permit,  TX, hospital, cms-482-41",
    "Fire Alarm Permit,  OH, office,   ifc-907-7"
  })
  void theMostPertinentRuleComesFirst(String type, String state, String building, String rule) {
    assertThat(look(company(state, null), permit(type, building)).rules())
        .first()
        .extracting(Research.RuleHit::id)
        .isEqualTo(rule);
  }

  @Test
  void aRuleOfAnotherStateDoesNotApply() {
    assertThat(look(company("OH", null), permit("Fire Alarm Permit", "office")).rules())
        .extracting(Research.RuleHit::id)
        .contains("nfpa-72-14")
        .doesNotContain("tx-6002");
  }

  @Test
  void aRuleForHospitalsDoesNotApplyToAnOffice() {
    assertThat(look(company("TX", null), permit("Fire Alarm Permit", "office")).rules())
        .extracting(Research.RuleHit::id)
        .doesNotContain("cms-482-41");
  }

  @Test
  void eachRuleSaysWhyItApplies() {
    var hit = look(company("TX", null), permit("Fire Alarm Permit", "hospital")).rules().getFirst();
    assertThat(hit.why())
        .isEqualTo(
            "permit P-1 is for 'Fire Alarm Permit'; the building is 'hospital'; the rule is in use"
                + " across the country");
  }

  @Test
  void gapsAreThoseOfTheRulesEachOnce() {
    var research = look(company("TX", null), permit("Fire Alarm Permit", "office"));
    assertThat(research.gaps()).doesNotHaveDuplicates().contains("a licensed firm of record");
  }

  @ParameterizedTest
  @CsvSource({
    "Fire Alarm Permit,       office,   '',           harrow-point",
    "Fire Alarm Permit,       hospital, '',           larkfield-clinic",
    "Fire Alarm Permit,       '',       Education,    oakline-schools",
    "Kitchen hood suppression,'',       Restaurants,  sage-kitchens"
  })
  void theCaseStudyFitsTheWorkTheBuildingAndTheIndustry(
      String type, String building, String industry, String id) {
    var found = look(company("TX", industry), permit(type, building)).caseStudy();
    assertThat(Objects.requireNonNull(found).id()).isEqualTo(id);
    assertThat(found.why()).isNotEmpty();
  }

  @Test
  void nothingThatDoesNotConnectIsCited() {
    var research = look(company("TX", "Farming"), permit("Well drilling", "barn"));
    assertThat(research.rules()).isEmpty();
    assertThat(research.gaps()).isEmpty();
    assertThat(research.caseStudy()).isNull();
  }

  private static Research look(Company company, PermitFacts permit) {
    return Findings.of(
        PACKS.load("fire-safety").research(), company, List.of(permit), TestClock.START);
  }

  private static PermitFacts permit(String type, String building) {
    return new PermitFacts(
        Map.of(
            PermitField.NUMBER, "P-1",
            PermitField.TYPE, type,
            PermitField.BUILDING_TYPE, building));
  }

  private static Company company(String state, @Nullable String industry) {
    return new Company(
        "Alder Works",
        "alder works",
        null,
        industry,
        null,
        null,
        null,
        state,
        null,
        "US",
        null,
        null,
        null);
  }
}
