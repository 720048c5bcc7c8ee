package io.leadloom.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.packs.Packs;
import io.leadloom.packs.SendingRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window of the packs is Monday to Friday, 9 to 17, without federal holidays. */
class SendTimesTest {

  private static final SendingRules RULES = new Packs().load("fire-safety").sending();

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({
    "2026-03-02T15:00:00Z, America/Chicago,     2026-03-02T15:00:00Z, Monday 9:00 is the first moment",
    "2026-03-02T14:59:59Z, America/Chicago,     2026-03-02T15:00:00Z, a second too early",
    "2026-03-02T22:59:59Z, America/Chicago,     2026-03-02T22:59:59Z, the last second",
    "2026-03-02T23:00:00Z, America/Chicago,     2026-03-03T15:00:00Z, 17:00 is too late",
    "2026-03-02T15:00:00Z, America/Los_Angeles, 2026-03-02T17:00:00Z, seven in the morning further west",
    "2026-03-03T03:00:00Z, Pacific/Honolulu,    2026-03-03T19:00:00Z, still Monday evening there",
    "2026-03-06T23:30:00Z, America/Chicago,     2026-03-09T14:00:00Z, over a weekend with a change to summer time",
    "2026-07-02T23:00:00Z, America/Chicago,     2026-07-06T14:00:00Z, Independence Day is observed on Friday",
    "2026-12-24T23:00:00Z, America/New_York,    2026-12-28T14:00:00Z, Christmas and a weekend"
  })
  void nextMomentIsInTheRecipientsWindow(Instant at, String zone, Instant next, String why) {
    assertThat(new SendTimes(RULES, ZoneId.of(zone)).next(at)).as(why).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 50, 2026-03-02T15:00:00Z",
    "2, 50, 2026-03-02T15:09:36Z",
    "50, 50, 2026-03-02T22:50:24Z",
    "1, 10, 2026-03-02T15:00:00Z",
    "10, 10, 2026-03-02T22:12:00Z"
  })
  void slotsAreSpreadOverTheWindow(long n, long perDay, Instant at) {
    var times = new SendTimes(RULES, ZoneId.of("America/Chicago"));
    assertThat(times.slot(LocalDate.parse("2026-03-02"), n, perDay)).isEqualTo(at);
    assertThat(times.open(at)).isTrue();
  }

  @Test
  void weekendsAndHolidaysAreSkipped() {
    var times = new SendTimes(RULES, ZoneId.of("America/Chicago"));
    assertThat(times.nextDay(LocalDate.parse("2026-11-25"))).isEqualTo("2026-11-27");
    assertThat(times.nextDay(LocalDate.parse("2026-09-04"))).isEqualTo("2026-09-08");
  }
}
