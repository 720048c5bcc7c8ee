package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.fault.PermanentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case changes one thing in a sound pack and expects the file and the path in the message. */
class PackCheckTest {

  private static final String SOUND = Packs.yaml("roofing");

  @Test
  void soundPackIsTaken() {
    assertThat(Packs.parse("roofing.yaml", SOUND).id()).isEqualTo("roofing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "atLeast: 60 | atLeast: 90 | scoring.tiers[1].atLeast: 90 is not below the tier before it, 85",
        "max: 25 | max: 35 | scoring: the components' max must add up to 100, not 110",
        "relevantType: 0.2 | relevantType: 0.3 | quality: its weights must add up to 1, not 1.1",
        "capWithoutApplicant: 0.45 | capWithoutApplicant: 0.5 | quality.capWithoutApplicant: must be below minToEnrich",
        "urgency: 0.9 | urgency: 9 | permits.relevance.storm.urgency: 9.0 is not from 0 to 1",
        "{{caseStudy.outcome}} | {{case.outcome}} | drafting.templates.first-case: uses the unknown {{case.outcome}}",
        "{{optOut}} | Bye | drafting.footer: must hold",
        "remindAfterHours: 24 | remindAfterHours: 96 | approval: must remind first",
        "yyyyMMdd | yyyyMMddq{ | permits.dateFormats[9]",
        "America/Anchorage | America/Anchorag | sending.stateZones.AK",
        "leadTimeHours: 24 | leadHours: 24 | meeting.leadTimeHours: is missing",
        "durationMinutes: 15 | durationMinutes: 0 | meeting.durationMinutes: must be positive",
        "in review | under scrutiny | means \"in review\", which is neither good, progress nor bad",
      })
  void mistakeIsNamedWithFileAndPath(String sound, String mistake, String message) {
    String text = replaceFirst(sound, mistake);
    assertThatThrownBy(() -> Packs.parse("mine.yaml", text))
        .isInstanceOf(PermanentException.class)
        .hasMessageStartingWith("mine.yaml: ")
        .hasMessageContaining(message);
  }

  @Test
  void everyScoreMustHaveATier() {
    String text = SOUND.replace("atLeast: 0\n", "atLeast: 5\n");
    assertThatThrownBy(() -> Packs.parse("mine.yaml", text))
        .hasMessageContaining("scoring.tiers: the last tier must begin at 0");
  }

  @Test
  void misspeltKeyIsNotPassedOver() {
    assertThatThrownBy(() -> Packs.parse("mine.yaml", SOUND + "\ncolour: red\n"))
        .isInstanceOf(PermanentException.class)
        .hasMessageStartingWith("mine.yaml: colour: Unrecognized field");
  }

  @Test
  void missingPartIsNamed() {
    assertThatThrownBy(() -> Packs.parse("mine.yaml", "id: mine\nname: Mine\n"))
        .isInstanceOf(PermanentException.class)
        .hasMessage("mine.yaml: permits: is missing");
  }

  private static String replaceFirst(String sound, String mistake) {
    int at = SOUND.indexOf(sound);
    assertThat(at).as(sound).isNotNegative();
    return SOUND.substring(0, at) + mistake + SOUND.substring(at + sound.length());
  }
}
