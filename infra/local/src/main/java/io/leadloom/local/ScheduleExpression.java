package io.leadloom.local;

import com.cronutils.model.definition.CronConstraintsFactory;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a schedule runs: {@code rate(5 minutes)} or {@code cron(0 9 ? * MON-FRI *)}. */
sealed interface ScheduleExpression {

  /** The first instant after {@code last} at which the schedule runs, if there is any. */
  Optional<Instant> next(Instant last);

  /**
   * @throws IllegalArgumentException when EventBridge would refuse the expression
   */
  static ScheduleExpression parse(String expression, String timeZone) {
    var rate = Rate.PATTERN.matcher(expression);
    if (rate.matches()) {
      return Rate.of(Long.parseLong(rate.group(1)), rate.group(2));
    }
    if (expression.startsWith("cron(") && expression.endsWith(")")) {
      var text = expression.substring("cron(".length(), expression.length() - 1);
      return new Cron(
          ExecutionTime.forCron(new CronParser(Cron.DEFINITION).parse(text)), ZoneId.of(timeZone));
    }
    throw new IllegalArgumentException(
        expression + " is neither rate(value unit) nor cron(fields)");
  }

  /** So often, counted from the last time. */
  record Rate(Duration period) implements ScheduleExpression {

    private static final Pattern PATTERN =
        Pattern.compile("rate\\(([1-9]\\d{0,5}) (minutes?|hours?|days?)\\)");

    private static Rate of(long value, String unit) {
      if ((value == 1) == unit.endsWith("s")) {
        throw new IllegalArgumentException(
            "rate(" + value + " " + unit + "): the unit is singular for 1, and plural otherwise");
      }
      return new Rate(
          switch (unit.charAt(0)) {
            case 'm' -> Duration.ofMinutes(value);
            case 'h' -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
          });
    }

    @Override
    public Optional<Instant> next(Instant last) {
      return Optional.of(last.plus(period));
    }
  }

  /** EventBridge's cron: minute, hour, day of month, month, day of week, year. */
  record Cron(ExecutionTime times, ZoneId zone) implements ScheduleExpression {

    private static final CronDefinition DEFINITION =
        CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withValidRange(0, 59)
            .and()
            .withHours()
            .withValidRange(0, 23)
            .and()
            .withDayOfMonth()
            .withValidRange(1, 31)
            .supportsL()
            .supportsW()
            .supportsLW()
            .supportsQuestionMark()
            .and()
            .withMonth()
            .withValidRange(1, 12)
            .and()
            .withDayOfWeek()
            .withValidRange(1, 7)
            .withMondayDoWValue(2)
            .supportsHash()
            .supportsL()
            .supportsQuestionMark()
            .and()
            .withYear()
            .withValidRange(1970, 2199)
            .and()
            .withCronValidation(CronConstraintsFactory.ensureEitherDayOfWeekOrDayOfMonth())
            .instance();

    @Override
    public Optional<Instant> next(Instant last) {
      return times.nextExecution(last.atZone(zone)).map(ZonedDateTime::toInstant);
    }
  }
}
