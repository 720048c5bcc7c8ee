package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate(1 minute)            | UTC              | 2026-03-02T09:00:30Z | 2026-03-02T09:01:30Z",
        "rate(2 days)              | UTC              | 2026-03-02T09:00:00Z | 2026-03-04T09:00:00Z",
        "cron(0 9 ? * MON-FRI *)   | UTC              | 2026-03-06T09:00:00Z | 2026-03-09T09:00:00Z",
        "cron(0/15 * * * ? *)      | UTC              | 2026-03-02T09:00:30Z | 2026-03-02T09:15:00Z",
        "cron(0 0 L * ? *)         | UTC              | 2026-02-02T00:00:00Z | 2026-02-28T00:00:00Z",
        "cron(30 8 ? * 2#1 *)      | UTC              | 2026-03-03T00:00:00Z | 2026-04-06T08:30:00Z",
        "cron(0 9 * * ? *)         | America/New_York | 2026-01-02T00:00:00Z | 2026-01-02T14:00:00Z",
      })
  void nextRunIsTheFirstAfterTheLast(
      String expression, String zone, Instant last, Instant expected) {
    assertThat(ScheduleExpression.parse(expression, zone).next(last)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(1 minutes)",
        "rate(2 hour)",
        "rate(0 days)",
        "cron(0 9 * * MON *)",
        "hourly"
      })
  void whatEventBridgeRefusesIsRefused(String expression) {
    assertThatThrownBy(() -> ScheduleExpression.parse(expression, "UTC"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
