package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "807 Firefly Ln | fire | false",
        "Campfire Lane | fire | false",
        "FIRE-ALARM panel | fire alarm | true",
        "Fire alarms | fire alarm | false",
        "Fire alarms | fire alarm* | true",
        "garage sale | sale* | true",
        "know | no | false",
        "terrace | race | false",
        "Sr. V.P. Operations | vp | true",
        "Owner's rep | owners rep | true",
        "Smith & Sons | smith and sons | true",
        "anything | - | false",
      })
  void phraseIsFoundAmongWholeWords(String text, String phrase, boolean found) {
    assertThat(Words.of(text).contains(phrase)).isEqualTo(found);
  }

  @Test
  void phraseDoesNotSpanTwoTexts() {
    assertThat(Words.ofEach("8322 Meadow Fire", "Alarm clock").contains("fire alarm")).isFalse();
  }
}
