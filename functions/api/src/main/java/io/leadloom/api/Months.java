package io.leadloom.api;

import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Calendar months (UTC) in queries. */
final class Months {

  static final String FORM = "^2[0-9]{3}-(0[1-9]|1[0-2])$";

  private Months() {}

  /** The month that is asked for; this month where none is. */
  static YearMonth of(@Nullable String asked, Clock clock) {
    return asked == null
        ? YearMonth.from(clock.instant().atZone(ZoneOffset.UTC))
        : YearMonth.parse(asked);
  }
}
