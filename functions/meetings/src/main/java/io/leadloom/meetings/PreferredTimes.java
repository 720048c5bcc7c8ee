package io.leadloom.meetings;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a prospect would like to meet, as far as their words tell: weekdays, dates, "tomorrow",
 * "next week", parts of the day and clock times. Where they tell nothing, any time suits.
 *
 * @param days weekdays they named; empty: any
 * @param notDays weekdays they ruled out
 * @param dates days they named by date; empty: any
 * @param from first day of a span they named
 * @param to last day of that span
 * @param after earliest start of a day's meeting
 * @param before moment by which it must have begun
 */
record PreferredTimes(
    Set<DayOfWeek> days,
    Set<DayOfWeek> notDays,
    Set<LocalDate> dates,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable LocalTime after,
    @Nullable LocalTime before) {

  private static final LocalTime NOON = LocalTime.NOON;
  private static final LocalTime EVENING = LocalTime.of(18, 0);
  private static final Map<String, DayOfWeek> WEEKDAYS =
      Map.of(
          "mon", DayOfWeek.MONDAY,
          "tue", DayOfWeek.TUESDAY,
          "wed", DayOfWeek.WEDNESDAY,
          "thu", DayOfWeek.THURSDAY,
          "fri", DayOfWeek.FRIDAY,
          "sat", DayOfWeek.SATURDAY,
          "sun", DayOfWeek.SUNDAY);
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Pattern CLAUSE = Pattern.compile("[.,!?;\\n]+(?=\\s|$)|\\bbut\\b");

  /** "Sat" and "sun" are words of their own, so these two days count only in full. */
  private static final Pattern WEEKDAY =
      Pattern.compile(
          "\\b(?:(?:mon|tue|wed|thu|fri)(?:s|rs?|days?|sdays?|nesdays?|rsdays?)?|saturdays?|sundays?)\\b");

  private static final Pattern NEGATION =
      Pattern.compile(
          "\\b(?:(?<!why )not|except|besides|can'?t|cannot|won'?t|isn'?t|doesn'?t|don'?t"
              + "|unavailable|busy|booked|all day|out of)\\b");
  private static final Pattern OPEN = Pattern.compile("\\b(?:free|available|open|fine|good)\\b");

  /** What may follow an enumeration's comma: "not Monday, Tuesday or Friday". */
  private static final Pattern ONLY_DAYS =
      Pattern.compile("\\s*(?:(?:and|or|nor|on|" + WEEKDAY + ")\\s*)+");

  private static final Pattern DATE =
      Pattern.compile(
          "\\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?\\s+([0-3]?[0-9])(?:st|nd|rd|th)?\\b"
              + "|\\b([0-3]?[0-9])(?:st|nd|rd|th)?\\s+(?:of\\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\b"
              + "|(?<![\\d/$])([01]?[0-9])/([0-3]?[0-9])(?![\\d/])");
  private static final Pattern TIME =
      Pattern.compile(
          "(?:\\b(after|from|past|before|until|till|by|at|around|about)\\s+)?"
              + "(?<![\\d$.,:/-])([01]?[0-9]|2[0-3])(?::([0-5][0-9]))?\\s*(am|pm|a\\.m\\.?|p\\.m\\.?|o'?clock)?"
              + "(?![\\d:/%]|[.,]\\d|\\s*-?\\s*(?:min|hour|day|week|month|people|year|st\\b|nd\\b|rd\\b|th\\b))");

  PreferredTimes {
    days = Set.copyOf(days);
    notDays = Set.copyOf(notDays);
    dates = Set.copyOf(dates);
  }

  /** Reads a reply that was written on a day, in the writer's own zone. */
  static PreferredTimes parse(String reply, LocalDate written) {
    var reader = new Reader(written);
    for (var clause : CLAUSE.split(reply.toLowerCase(Locale.ROOT).replace('’', '\''))) {
      reader.read(clause);
    }
    return reader.result();
  }

  /**
   * How far a start is from what they asked for: 0 fits, 1 is on a day that suits at another time,
   * 2 on another day, 3 on a day they ruled out.
   */
  int distance(ZonedDateTime start) {
    if (notDays.contains(start.getDayOfWeek())) {
      return 3;
    }
    if (!suits(start.toLocalDate())) {
      return 2;
    }
    var time = start.toLocalTime();
    var fits =
        (after == null || !time.isBefore(after)) && (before == null || time.isBefore(before));
    return fits ? 0 : 1;
  }

  private boolean suits(LocalDate day) {
    var anyDay = dates.isEmpty() && days.isEmpty();
    return (anyDay || dates.contains(day) || days.contains(day.getDayOfWeek()))
        && (from == null || !day.isBefore(from))
        && (to == null || !day.isAfter(to));
  }

  /** Gathers what the clauses of a reply say. */
  private static final class Reader {

    private final LocalDate written;
    private final Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    private final Set<DayOfWeek> notDays = EnumSet.noneOf(DayOfWeek.class);
    private final Set<LocalDate> dates = new HashSet<>();
    private boolean ruledOut;
    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private @Nullable LocalTime after;
    private @Nullable LocalTime before;

    Reader(LocalDate written) {
      this.written = written;
    }

    void read(String clause) {
      ruledOut = rulesOut(clause) || (ruledOut && ONLY_DAYS.matcher(clause).matches());
      if (ruledOut) {
        notDays.addAll(weekdays(clause));
        return;
      }
      DATE.matcher(clause).results().flatMap(found -> date(found).stream()).forEach(dates::add);
      var rest = DATE.matcher(clause).replaceAll(" ");
      days.addAll(weekdays(rest));
      spans(rest);
      partsOfDay(rest);
      TIME.matcher(rest).results().forEach(this::time);
    }

    private static boolean rulesOut(String clause) {
      var negation = NEGATION.matcher(clause);
      return negation.find()
          && !(negation.group().equals("all day") && OPEN.matcher(clause).find());
    }

    private static List<DayOfWeek> weekdays(String clause) {
      return WEEKDAY
          .matcher(clause)
          .results()
          .map(found -> found.group().substring(0, 3))
          .flatMap(start -> Optional.ofNullable(WEEKDAYS.get(start)).stream())
          .toList();
    }

    private Optional<LocalDate> date(MatchResult found) {
      var month =
          found.group(1) != null
              ? MONTHS.indexOf(found.group(1)) + 1
              : found.group(4) != null
                  ? MONTHS.indexOf(found.group(4)) + 1
                  : Integer.parseInt(found.group(5));
      var day =
          Integer.parseInt(
              found.group(2) != null
                  ? found.group(2)
                  : found.group(3) != null ? found.group(3) : found.group(6));
      if (month < 1 || month > 12 || day < 1 || day > 31) {
        return Optional.empty();
      }
      var monthDay = MonthDay.of(month, Math.min(day, Month.of(month).maxLength()));
      var date = monthDay.atYear(written.getYear());
      return Optional.of(date.isBefore(written) ? monthDay.atYear(written.getYear() + 1) : date);
    }

    private void spans(String clause) {
      if (clause.contains("tomorrow")) {
        dates.add(written.plusDays(1));
      }
      if (clause.matches("(?s).*\\btoday\\b.*")) {
        dates.add(written);
      }
      if (clause.contains("next week")) {
        from = written.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        to = from.plusDays(6);
      } else if (clause.contains("this week")) {
        from = written;
        to = written.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
      }
    }

    private void partsOfDay(String clause) {
      if (clause.contains("morning")) {
        before = NOON;
      } else if (clause.contains("afternoon")) {
        after = NOON;
        before = EVENING;
      }
    }

    /** Without "am", "pm" or a word before it, a number is no time: "any 3 of you". */
    private void time(MatchResult found) {
      var word = found.group(1);
      if (word == null && found.group(4) == null && found.group(3) == null) {
        return;
      }
      var time = clock(found);
      switch (word == null ? "at" : word) {
        case "after", "from", "past" -> after = time;
        case "before", "until", "till", "by" -> before = time;
        default -> {
          after = time;
          before = time.plusHours(1);
        }
      }
    }

    private static LocalTime clock(MatchResult found) {
      var hour = Integer.parseInt(found.group(2));
      var minute = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
      var half = found.group(4) == null ? "" : found.group(4);
      if (half.startsWith("p") && hour < 12) {
        hour += 12;
      } else if (half.startsWith("a") && hour == 12) {
        hour = 0;
      } else if (!half.startsWith("a") && !half.startsWith("p") && hour >= 1 && hour <= 6) {
        // People who name business hours without a half of the day mean the afternoon by these.
        hour += 12;
      }
      return LocalTime.of(hour, minute);
    }

    /** A weekday beside a date, as in "Tuesday, March 10", only repeats it. */
    PreferredTimes result() {
      var wanted = EnumSet.copyOf(days);
      wanted.removeAll(notDays);
      dates.forEach(date -> wanted.remove(date.getDayOfWeek()));
      return new PreferredTimes(wanted, notDays, dates, from, to, after, before);
    }
  }
}
