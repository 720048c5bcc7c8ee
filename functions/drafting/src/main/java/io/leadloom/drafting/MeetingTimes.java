package io.leadloom.drafting;

import io.leadloom.packs.Pack;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times of meetings in words, in the recipient's zone. */
final class MeetingTimes {

  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("EEEE, MMMM d 'at' h:mm a (v)", Locale.US);

  private MeetingTimes() {}

  /** A time in words, such as "Tuesday, March 10 at 10:00 AM (CT)". */
  static String words(Instant time, ZoneId zone) {
    return WORDS.format(time.atZone(zone));
  }

  /**
   * The times a message offers, one a day. They lie beyond the longest time a draft may wait for
   * approval plus the notice a meeting needs, so that none has passed when the message arrives.
   */
  static List<Instant> offered(Pack pack, Instant now, ZoneId zone) {
    var rules = pack.meeting();
    var earliest =
        now.plus(Duration.ofHours(pack.approval().expiresAfterHours() + rules.leadTimeHours()))
            .atZone(zone);
    var times = new ArrayList<Instant>();
    for (var day = earliest.toLocalDate().plusDays(1);
        times.size() < rules.windowsOffered();
        day = day.plusDays(1)) {
      if (rules.hours().days().contains(day.getDayOfWeek())
          && !pack.sending().holidays().contains(day)) {
        times.add(at(day, times.size() % 2 == 0 ? morning(pack) : afternoon(pack), zone));
      }
    }
    return times;
  }

  /** An hour into the morning. */
  private static LocalTime morning(Pack pack) {
    return pack.meeting().hours().from().plusHours(1);
  }

  /** Two hours or more before the end of the day, on the hour. */
  private static LocalTime afternoon(Pack pack) {
    return LocalTime.of(pack.meeting().hours().to().minusHours(2).getHour(), 0);
  }

  private static Instant at(LocalDate day, LocalTime time, ZoneId zone) {
    return ZonedDateTime.of(day, time, zone).toInstant();
  }
}
