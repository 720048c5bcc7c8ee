package io.leadloom.meetings;

import io.leadloom.packs.Pack;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which starts of a meeting are possible, the one that suits best first. */
final class Slots {

  private static final Duration GRID = Duration.ofMinutes(30);

  private Slots() {}

  /**
   * The possible starts, those that fit the prospect's words best first; of these the ones offered
   * to them, then the earliest. Each lies in a window with enough free hours, after the pack's lead
   * time and within its horizon, in its hours of the day in the recipient's zone and on no holiday.
   * Starts stand on a grid within their window, so that two of them never overlap.
   */
  static List<Instant> possible(
      List<Availability> availabilities,
      Pack pack,
      ZoneId zone,
      PreferredTimes preferred,
      Set<Instant> offered,
      Instant now) {
    var duration = Duration.ofMinutes(pack.meeting().durationMinutes());
    var earliest = now.plus(Duration.ofHours(pack.meeting().leadTimeHours()));
    var latest = now.plus(Duration.ofDays(pack.meeting().horizonDays()));
    return availabilities.stream()
        .flatMap(window ->
            starts(window, duration)
                .filter(start -> !start.isBefore(earliest) && !start.isAfter(latest))
                .filter(start -> inHours(start, duration, pack, zone))
                .limit(meetings(window, duration)))
        .distinct()
        .sorted(
            Comparator.comparingInt((Instant start) -> preferred.distance(start.atZone(zone)))
                .thenComparing(start -> !offered.contains(start))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** How many meetings the free hours of a window hold. */
  private static long meetings(Availability window, Duration duration) {
    return (long) (window.openHours() * 60 / duration.toMinutes());
  }

  private static Stream<Instant> starts(Availability window, Duration duration) {
    var step = GRID.multipliedBy((duration.toMinutes() + GRID.toMinutes() - 1) / GRID.toMinutes());
    return Stream.iterate(
        window.start(),
        start -> !start.plus(duration).isAfter(window.end()),
        start -> start.plus(step));
  }

  private static boolean inHours(Instant start, Duration duration, Pack pack, ZoneId zone) {
    var hours = pack.meeting().hours();
    var local = start.atZone(zone);
    return hours.contains(local.getDayOfWeek(), local.toLocalTime())
        && !local.plus(duration).toLocalTime().isAfter(hours.to())
        && !pack.sending().holidays().contains(local.toLocalDate());
  }
}
