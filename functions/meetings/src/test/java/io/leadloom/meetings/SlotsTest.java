package io.leadloom.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final Pack PACK = new Packs().load("fire-safety");
  private static final ZoneId ZONE = ZoneId.of("America/Chicago");

  /** A Monday, 9 in the morning in Chicago. */
  private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

  @Test
  void startsStandOnAGridWithinTheFreeWindow() {
    assertThat(possible("", window("2026-03-04T16:00:00Z", "2026-03-04T17:10:00Z", 1)))
        .extracting(Instant::toString)
        .containsExactly("2026-03-04T16:00:00Z", "2026-03-04T16:30:00Z");
  }

  @Test
  void aWindowWithoutEnoughFreeHoursHasNone() {
    assertThat(possible("", window("2026-03-04T16:00:00Z", "2026-03-04T18:00:00Z", 0.2))).isEmpty();
  }

  @Test
  void aWindowHoldsNoMoreMeetingsThanItsFreeHours() {
    assertThat(possible("", window("2026-03-04T16:00:00Z", "2026-03-04T18:00:00Z", 0.5)))
        .hasSize(2);
  }

  @Test
  void thereIsTimeToPrepare() {
    assertThat(possible("", window("2026-03-03T14:30:00Z", "2026-03-03T16:00:00Z", 2)))
        .first()
        .isEqualTo(Instant.parse("2026-03-03T15:00:00Z"));
  }

  @Test
  void nothingLiesBeyondTheHorizon() {
    assertThat(possible("", window("2026-04-20T16:00:00Z", "2026-04-20T18:00:00Z", 2))).isEmpty();
  }

  @Test
  void businessHoursAreTheRecipients() {
    var early = window("2026-03-04T14:00:00Z", "2026-03-04T16:00:00Z", 2);
    assertThat(possible("", early)).first().isEqualTo(Instant.parse("2026-03-04T15:00:00Z"));
    assertThat(
            Slots.possible(
                List.of(early),
                PACK,
                ZoneId.of("America/Los_Angeles"),
                preferred(""),
                Set.of(),
                NOW))
        .isEmpty();
  }

  @Test
  void nobodyMeetsAtTheWeekendOrOnAHoliday() {
    assertThat(possible("", window("2026-03-07T16:00:00Z", "2026-03-07T18:00:00Z", 2))).isEmpty();
    assertThat(
            Slots.possible(
                List.of(window("2026-05-25T16:00:00Z", "2026-05-25T18:00:00Z", 2)),
                PACK,
                ZONE,
                preferred(""),
                Set.of(),
                Instant.parse("2026-05-20T15:00:00Z")))
        .isEmpty();
  }

  @Test
  void whatTheyAskForComesFirstAndTheEarliestOtherwise() {
    var wednesday = window("2026-03-04T16:00:00Z", "2026-03-04T16:30:00Z", 2);
    var thursday = window("2026-03-05T16:00:00Z", "2026-03-05T16:30:00Z", 2);
    assertThat(possible("Thursday, please", wednesday, thursday))
        .containsExactly(thursday.start(), wednesday.start());
    assertThat(possible("Friday, please", thursday, wednesday))
        .containsExactly(wednesday.start(), thursday.start());
  }

  @Test
  void anOfferedTimeGoesBeforeAnEarlierOneButNotBeforeWhatTheySay() {
    var wednesday = window("2026-03-04T16:00:00Z", "2026-03-04T16:30:00Z", 2);
    var thursday = window("2026-03-05T16:00:00Z", "2026-03-05T16:30:00Z", 2);
    var both = List.of(wednesday, thursday);
    var offered = Set.of(thursday.start());
    assertThat(Slots.possible(both, PACK, ZONE, preferred("That works."), offered, NOW))
        .containsExactly(thursday.start(), wednesday.start());
    assertThat(Slots.possible(both, PACK, ZONE, preferred("Wednesday then."), offered, NOW))
        .containsExactly(wednesday.start(), thursday.start());
  }

  private static List<Instant> possible(String reply, Availability... windows) {
    return Slots.possible(List.of(windows), PACK, ZONE, preferred(reply), Set.of(), NOW);
  }

  private static PreferredTimes preferred(String reply) {
    return PreferredTimes.parse(reply, LocalDate.parse("2026-03-02"));
  }

  private static Availability window(String start, String end, double hours) {
    return new Availability(Instant.parse(start), Instant.parse(end), hours);
  }
}
