package io.leadloom.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All received on Monday, 2 March 2026. */
class ReturnDatesTest {

  private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          I am out of the office until 2026-03-09.              | 2026-03-09
          I return on 03/09/2026.                               | 2026-03-09
          I return on 3/9.                                      | 2026-03-09
          I return on 3/9/26                                    | 2026-03-09
          back on 23/3/2026                                     | 2026-03-23
          Ich bin bis 9.3.2026 nicht im Haus.                   | 2026-03-09
          I will be back on March 9.                            | 2026-03-09
          I will be back on March 9th, 2026.                    | 2026-03-09
          back Mar. 9                                           | 2026-03-09
          until Monday, March 9                                 | 2026-03-09
          until 9 March                                         | 2026-03-09
          until the 9th of March 2026                           | 2026-03-09
          I am away from March 3 to March 8, back on March 9.   | 2026-03-09
          I am away from March 3 through March 9.               | 2026-03-09
          I return March 9. In May I am away again, from May 4. | 2026-03-09
          On leave until January 5                              | skip
          I am back on Monday.                                  | 2026-03-09
          Out until Friday                                      | 2026-03-06
          back tomorrow                                         | 2026-03-03
          back next week                                        | 2026-03-09
          I am back in two weeks                                | 2026-03-16
          back in a couple of days                              | 2026-03-04
          back in 10 days                                       | 2026-03-12
          Out through September 1                               | 2026-09-01
          """)
  void datesAreReadInManyForms(String text, String day) {
    assertThat(ReturnDates.in(text, MONDAY).map(LocalDate::toString).orElse("skip")).isEqualTo(day);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I am out of the office.",
        "I was out until February 27, 2026.",
        "Back on 13/45.",
        "Until 2031-01-01",
        "Call (210) 555-0142, extension 3.",
        "Ticket 2026-99-99 was opened."
      })
  void whatIsNoDateOfReturnGivesNone(String text) {
    assertThat(ReturnDates.in(text, MONDAY)).isEmpty();
  }
}
