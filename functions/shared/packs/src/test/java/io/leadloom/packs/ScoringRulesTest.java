package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringRulesTest {

  private final ScoringRules scoring = new Packs().load("fire-safety").scoring();

  @ParameterizedTest
  @CsvSource({
    "Owner, 25",
    "'Founder & CEO', 25",
    "C.E.O., 25",
    "Co-Owner, 25",
    "President, 22",
    "CTO, 22",
    "COO, 22",
    "Chief Financial Officer, 22",
    "Vice President, 18",
    "Vice President of Operations, 18",
    "Vice-President, 18",
    "'Sr. V.P., Construction', 18",
    "Assistant Vice President, 18",
    "Director of Facilities, 15",
    "Head of Construction, 15",
    "General Manager, 15",
    "Assistant Director, 10",
    "Senior Project Manager, 10",
    "Facilities Manager, 10",
    "Project Manager, 7",
    "Superintendent, 7",
    "Owner's Representative, 7",
    "Product Owner, 7",
    "Executive Assistant to the CEO, 5",
    "Assistant to the President, 5",
    "Office of the President, 5",
    "Project Coordinator, 5",
    "Engineer, 5",
    "'', 0"
  })
  void titleIsRankedByWholeWordsInOrder(String title, int points) {
    assertThat(scoring.authority().titles().rank(title).points()).isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({"Executive Assistant to the CEO, true", "Internal Auditor, false", "CEO, false"})
  void badTitlesAreWholeWords(String title, boolean bad) {
    assertThat(scoring.risk().isBadTitle(title)).isEqualTo(bad);
  }

  @ParameterizedTest
  @CsvSource({
    "100, hot",
    "85, hot",
    "84, warm",
    "60, warm",
    "59, cool",
    "35, cool",
    "34, cold",
    "20, cold",
    "19, dead",
    "0, dead"
  })
  void everyScoreHasATier(int score, String tier) {
    assertThat(scoring.tier(score).code()).isEqualTo(tier);
  }

  @Test
  void deadTierHasNoChannelAndVetoesAreNamed() {
    assertThat(scoring.tier(0).channels()).isEmpty();
    assertThat(scoring.risk().vetoes()).contains("unsubscribed", "competitor");
  }

  /** Inspection scheduled .4 + fire .2 + two rules .1 + one gap .075 + hospital .05. */
  @Test
  void urgencyAddsUpAsPublished() {
    PermitFacts permit =
        new PermitFacts(
            Map.of(PermitField.TYPE, "Fire Alarm", PermitField.BUILDING_TYPE, "Hospital"));
    assertThat(scoring.urgency().of(permit, "inspection scheduled", 2, 1)).isEqualTo(0.825);
    assertThat(scoring.urgency().of(permit, "inspection scheduled", 20, 20)).isEqualTo(1.0);
    assertThat(scoring.urgency().of(new PermitFacts(Map.of()), "unknown", 0, 0)).isZero();
  }
}
