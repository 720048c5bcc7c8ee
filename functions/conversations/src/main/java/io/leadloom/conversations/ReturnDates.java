package io.leadloom.conversations;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When the writer of an absence notice is back. Dates in many forms are understood, American ones
 * where a form has two readings. Of several dates the one after "back" or "return" counts, else the
 * latest: the earlier ones tell when the absence began.
 */
final class ReturnDates {

  private static final int LONGEST_ABSENCE_DAYS = 270;

  private static final String MONTHS =
      "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
          + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
  private static final String DAYS =
      "(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\b\\.?";

  private static final Pattern ISO = pattern("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
  private static final Pattern SLASHED =
      pattern("\\b(\\d{1,2})/(\\d{1,2})(?:/(\\d{4}|\\d{2}))?(?![\\d/])");
  private static final Pattern DOTTED = pattern("\\b(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2})?");
  private static final Pattern MONTH_FIRST =
      pattern("\\b" + MONTHS + "\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s+(\\d{4}))?");
  private static final Pattern DAY_FIRST =
      pattern(
          "\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?" + MONTHS + "(?![a-z])(?:,?\\s+(\\d{4}))?");
  private static final Pattern WEEKDAY = pattern("\\b" + DAYS);
  private static final Pattern RELATIVE =
      pattern(
          "\\b(tomorrow|next week|in (?:a|one|two|three|four|\\d{1,2}) (?:days?|weeks?)|in a couple"
              + " of (?:days|weeks))\\b");

  private static final Pattern BACK = pattern("\\b(back|return|returning|returns|reopen)\\b");
  private static final int CLOSE = 45;

  private static final Map<String, Integer> NUMBERS =
      Map.of("a", 1, "one", 1, "two", 2, "three", 3, "four", 4);

  private ReturnDates() {}

  /** The day of return, where the text names one that can be. */
  static Optional<LocalDate> in(String text, LocalDate receivedOn) {
    var dates = new ArrayList<Found>();
    collect(dates, text, ISO, m -> day(number(m, 1), number(m, 2), number(m, 3)));
    collect(dates, text, SLASHED, m -> slashed(m, receivedOn));
    collect(
        dates,
        text,
        DOTTED,
        m ->
            day(
                year(m.group(3), number(m, 2), number(m, 1), receivedOn),
                number(m, 2),
                number(m, 1)));
    collect(dates, text, MONTH_FIRST, m -> named(m.group(1), number(m, 2), m.group(3), receivedOn));
    collect(dates, text, DAY_FIRST, m -> named(m.group(2), number(m, 1), m.group(3), receivedOn));
    if (dates.isEmpty()) {
      collect(dates, text, RELATIVE, m -> relative(m.group(1), receivedOn));
      collect(dates, text, WEEKDAY, m -> weekday(m.group(1), receivedOn));
    }
    dates.removeIf(found -> !isPossible(found.day(), receivedOn));
    return afterBack(text, dates)
        .or(() -> dates.stream().map(Found::day).max(LocalDate::compareTo));
  }

  private static Optional<LocalDate> afterBack(String text, List<Found> dates) {
    return BACK.matcher(text)
        .results()
        .flatMap(back ->
            dates.stream().filter(d -> d.start() >= back.end() && d.start() - back.end() <= CLOSE))
        .map(Found::day)
        .findFirst();
  }

  private static boolean isPossible(LocalDate day, LocalDate receivedOn) {
    return !day.isBefore(receivedOn) && !day.isAfter(receivedOn.plusDays(LONGEST_ABSENCE_DAYS));
  }

  private static void collect(
      List<Found> dates,
      String text,
      Pattern form,
      Function<MatchResult, @Nullable LocalDate> read) {
    form.matcher(text)
        .results()
        .forEach(match -> {
          try {
            var day = read.apply(match);
            if (day != null) {
              dates.add(new Found(match.start(), day));
            }
          } catch (DateTimeException e) {
            // 13/45 is no date.
          }
        });
  }

  private static LocalDate slashed(MatchResult m, LocalDate receivedOn) {
    var first = number(m, 1);
    var second = number(m, 2);
    var month = first > 12 ? second : first;
    var dayOfMonth = first > 12 ? first : second;
    return day(year(m.group(3), month, dayOfMonth, receivedOn), month, dayOfMonth);
  }

  private static @Nullable LocalDate named(
      String month, int dayOfMonth, @Nullable String year, LocalDate receivedOn) {
    for (var candidate : Month.values()) {
      if (candidate.name().toLowerCase(Locale.ROOT).startsWith(start(month))) {
        var number = candidate.getValue();
        return day(year(year, number, dayOfMonth, receivedOn), number, dayOfMonth);
      }
    }
    return null;
  }

  private static LocalDate weekday(String name, LocalDate receivedOn) {
    for (var candidate : DayOfWeek.values()) {
      if (candidate.name().toLowerCase(Locale.ROOT).startsWith(start(name))) {
        return receivedOn.with(TemporalAdjusters.next(candidate));
      }
    }
    throw new DateTimeException(name);
  }

  private static LocalDate relative(String phrase, LocalDate receivedOn) {
    var words = phrase.toLowerCase(Locale.ROOT);
    if (words.equals("tomorrow")) {
      return receivedOn.plusDays(1);
    }
    if (words.equals("next week")) {
      return receivedOn.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    }
    var many = words.contains("couple") ? 2 : count(words.split("\\s+")[1]);
    return words.contains("week") ? receivedOn.plusWeeks(many) : receivedOn.plusDays(many);
  }

  private static int count(String word) {
    var known = NUMBERS.get(word);
    return known == null ? Integer.parseInt(word) : known;
  }

  /** The year that is written, else the one that makes it the next such day. */
  private static int year(
      @Nullable String written, int month, int dayOfMonth, LocalDate receivedOn) {
    if (written != null) {
      var year = Integer.parseInt(written);
      return year < 100 ? 2000 + year : year;
    }
    var thisYear = day(receivedOn.getYear(), month, dayOfMonth);
    return thisYear.isBefore(receivedOn) ? receivedOn.getYear() + 1 : receivedOn.getYear();
  }

  private static String start(String name) {
    var letters = name.toLowerCase(Locale.ROOT);
    return letters.substring(0, Math.min(3, letters.length()));
  }

  private static LocalDate day(int year, int month, int dayOfMonth) {
    return LocalDate.of(year, month, dayOfMonth);
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  private record Found(int start, LocalDate day) {}
}
