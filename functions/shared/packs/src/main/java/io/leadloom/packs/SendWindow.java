package io.leadloom.packs;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/**
 * Hours of some weekdays, in the recipient's zone.
 *
 * @param days the weekdays
 * @param from first moment
 * @param to first moment after it
 */
public record SendWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

  public SendWindow {
    days = Set.copyOf(days);
  }

  /** Whether a local day and time lie in the window. */
  public boolean contains(DayOfWeek day, LocalTime time) {
    return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
  }
}
