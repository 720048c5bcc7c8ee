package io.leadloom.packs;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the dates of city exports: ISO dates and date times first, then a pack's own patterns in
 * order.
 */
public final class PermitDates {

  private final List<DateTimeFormatter> formats;

  /**
   * @throws IllegalArgumentException if a pattern is none
   */
  public PermitDates(List<String> patterns) {
    this.formats = patterns.stream().map(PermitDates::format).toList();
  }

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US);
  }

  /**
   * The day meant, or nothing where the text is blank or in no known form. The time of day is
   * dropped.
   */
  public Optional<LocalDate> parse(String text) {
    String value = text.strip();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.length() > 10 && (value.charAt(10) == 'T' || value.charAt(10) == ' ')) {
      Optional<LocalDate> day = parse(value.substring(0, 10), DateTimeFormatter.ISO_LOCAL_DATE);
      if (day.isPresent()) {
        return day;
      }
    }
    return parse(value, DateTimeFormatter.ISO_LOCAL_DATE)
        .or(() -> formats.stream().flatMap(format -> parse(value, format).stream()).findFirst());
  }

  private static Optional<LocalDate> parse(String value, DateTimeFormatter format) {
    try {
      return Optional.of(format.parse(value, LocalDate::from));
    } catch (DateTimeParseException notThisForm) {
      return Optional.empty();
    }
  }
}
