package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Purpose;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingRulesTest {

  private final SendingRules sending = new Packs().load("roofing").sending();

  @ParameterizedTest
  @CsvSource({
    "TX, America/Chicago",
    "tx, America/Chicago",
    "CA, America/Los_Angeles",
    "AZ, America/Phoenix",
    "'', America/Chicago",
    "XX, America/Chicago"
  })
  void zoneFollowsTheState(String state, String zone) {
    assertThat(sending.zone(state)).isEqualTo(ZoneId.of(zone));
  }

  @Test
  void everyStateHasAZone() {
    assertThat(sending.stateZones()).hasSizeGreaterThanOrEqualTo(51).containsKeys("DC", "OR", "NE");
  }

  @Test
  void everyYearHasItsElevenHolidaysOnWeekdays() {
    assertThat(
            sending.holidays().stream()
                .collect(
                    Collectors.groupingBy(day -> day.plusDays(1).getYear(), Collectors.counting())))
        .containsEntry(2025, 11L)
        .containsEntry(2026, 11L)
        .containsEntry(2027, 11L);
    assertThat(sending.holidays())
        .noneMatch(day ->
            day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY);
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "3, 10", "4, 25", "6, 25", "7, 50", "400, 50"})
  void youngDomainSendsLess(int day, int limit) {
    assertThat(sending.dailyLimit(day)).isEqualTo(limit);
  }

  @ParameterizedTest
  @CsvSource({
    "MONDAY, 09:00, true",
    "MONDAY, 08:59:59, false",
    "FRIDAY, 16:59:59, true",
    "FRIDAY, 17:00, false",
    "SATURDAY, 12:00, false"
  })
  void windowIsOpenInBusinessHours(DayOfWeek day, LocalTime time, boolean open) {
    assertThat(sending.window().contains(day, time)).isEqualTo(open);
  }

  @Test
  void whatTheContactAskedForIsNotHeldBack() {
    assertThat(sending.frequencyCap())
        .isEqualTo(new FrequencyCap(3, 14, Set.of(Purpose.ANSWER, Purpose.CONFIRMATION)));
  }

  @Test
  void followUpsEndAfterTwo() {
    Cadence cadence = new Packs().load("roofing").cadence();
    assertThat(cadence.maxFollowUps()).isEqualTo(2);
    assertThat(TemplateKind.of(Purpose.FOLLOW_UP, 1)).isEqualTo(TemplateKind.FOLLOW_UP_1);
    assertThat(TemplateKind.of(Purpose.FOLLOW_UP, 2)).isEqualTo(TemplateKind.FOLLOW_UP_2);
  }
}
