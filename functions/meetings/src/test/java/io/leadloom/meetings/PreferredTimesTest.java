package io.leadloom.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferredTimesTest {

  private static final ZoneId ZONE = ZoneId.of("America/Chicago");

  /** A Monday. */
  private static final LocalDate WRITTEN = LocalDate.parse("2026-03-02");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Would Tuesday or Wednesday after 10 work for you?            | 2026-03-03T10:30 | 0
          Would Tuesday or Wednesday after 10 work for you?            | 2026-03-03T09:30 | 1
          Would Tuesday or Wednesday after 10 work for you?            | 2026-03-05T10:30 | 2
          Can you do a 15 minute call on Thursday afternoon?           | 2026-03-05T13:00 | 0
          Can you do a 15 minute call on Thursday afternoon?           | 2026-03-05T10:00 | 1
          Send me a couple of times for a call next week.              | 2026-03-05T10:00 | 2
          Send me a couple of times for a call next week.              | 2026-03-09T10:00 | 0
          Mornings are best. We paid $550 for it last time.            | 2026-03-05T10:00 | 0
          Mornings are best. We paid $550 for it last time.            | 2026-03-05T13:00 | 1
          I am on site all day Monday, so not then, but any other day. | 2026-03-09T10:00 | 3
          I am on site all day Monday, so not then, but any other day. | 2026-03-10T10:00 | 0
          Not Friday but Thursday works.                               | 2026-03-05T10:00 | 0
          Not Friday but Thursday works.                               | 2026-03-06T10:00 | 3
          You can stop by on Thursday, I am in until 3.                | 2026-03-05T14:30 | 0
          You can stop by on Thursday, I am in until 3.                | 2026-03-05T15:00 | 1
          Tomorrow at 2 pm?                                            | 2026-03-03T14:00 | 0
          Tomorrow at 2 pm?                                            | 2026-03-03T15:00 | 1
          Tomorrow at 2 pm?                                            | 2026-03-04T14:00 | 2
          Let's say March 10 at 10:30am.                               | 2026-03-10T10:30 | 0
          Let's say March 10 at 10:30am.                               | 2026-03-11T10:30 | 2
          Tuesday, March 10 at 10:00 AM suits me.                      | 2026-03-10T10:00 | 0
          Tuesday, March 10 at 10:00 AM suits me.                      | 2026-03-17T10:00 | 2
          How about 3/11, before 11?                                   | 2026-03-11T10:30 | 0
          How about 3/11, before 11?                                   | 2026-03-11T11:00 | 1
          I can't do Tuesday.                                          | 2026-03-03T10:00 | 3
          I can't do Tuesday.                                          | 2026-03-04T10:00 | 0
          No problem, Tuesday works.                                   | 2026-03-03T10:00 | 0
          No problem, Tuesday works.                                   | 2026-03-04T10:00 | 2
          Why not Tuesday?                                             | 2026-03-03T10:00 | 0
          I can't do Tuesday, Wednesday or Thursday.                   | 2026-03-05T10:00 | 3
          I can't do Tuesday, Wednesday or Thursday.                   | 2026-03-06T10:00 | 0
          Any day except Monday, mornings only.                        | 2026-03-09T10:00 | 3
          Any day except Monday, mornings only.                        | 2026-03-10T14:00 | 1
          I am free all day Tuesday.                                   | 2026-03-03T10:00 | 0
          Thurs or Fri, 14:00                                          | 2026-03-06T14:00 | 0
          """)
  void aStartIsAsFarAsTheirWordsSay(String reply, String start, int distance) {
    assertThat(distance(reply, start)).isEqualTo(distance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Yes please.",
        "Sure, call me on (210) 555-0142.",
        "Happy to talk about the 12000 square feet.",
        "There are 3 of us in unit 9.",
        "I may have 10 minutes. The sun is out.",
        ""
      })
  void whereTheyTellNothingAnyTimeSuits(String reply) {
    assertThat(distance(reply, "2026-03-03T09:00")).isZero();
    assertThat(distance(reply, "2026-03-12T16:00")).isZero();
  }

  @Test
  void anImpossibleDateIsNoDate() {
    assertThat(distance("13/45 or 0/0", "2026-03-03T09:00")).isZero();
    assertThat(distance("February 31", "2026-03-03T09:00")).isEqualTo(2);
  }

  private static int distance(String reply, String start) {
    return PreferredTimes.parse(reply, WRITTEN).distance(LocalDateTime.parse(start).atZone(ZONE));
  }
}
