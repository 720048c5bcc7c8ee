package io.leadloom.packs;

import io.leadloom.model.Lead;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * When and how much may be sent.
 *
 * @param window when a message may leave at all, in the recipient's zone
 * @param best the better parts of it
 * @param holidays days on which nothing leaves
 * @param dailyPerDomain messages a day from one warmed-up sending domain
 * @param warmUp a young domain's limits, by its age
 * @param frequencyCap messages to one contact
 * @param stateZones two-letter state → zone of most of its people
 * @param defaultZone where the state is unknown
 */
public record SendingRules(
    SendWindow window,
    List<SendWindow> best,
    List<LocalDate> holidays,
    int dailyPerDomain,
    List<WarmUpStep> warmUp,
    FrequencyCap frequencyCap,
    Map<String, ZoneId> stateZones,
    ZoneId defaultZone) {

  public SendingRules {
    best = List.copyOf(best);
    holidays = List.copyOf(holidays);
    warmUp = List.copyOf(warmUp);
    stateZones = Map.copyOf(stateZones);
  }

  /**
   * The zone of a recipient.
   *
   * @param state two letters in any case, or empty
   */
  public ZoneId zone(String state) {
    return stateZones.getOrDefault(state.strip().toUpperCase(Locale.ROOT), defaultZone);
  }

  /** The zone a lead's contact lives in: the known one, else that of the company's state. */
  public ZoneId zoneOf(Lead lead) {
    var zone = lead.zone();
    if (zone != null) {
      try {
        return ZoneId.of(zone);
      } catch (DateTimeException e) {
        // A provider's zone that Java does not know is as good as none.
      }
    }
    var state = lead.company().state();
    return zone(state == null ? "" : state);
  }

  /**
   * What one sending domain may send on a day.
   *
   * @param day the domain's age in days, 1 on its first
   */
  public int dailyLimit(int day) {
    return warmUp.stream()
        .filter(step -> day <= step.throughDay())
        .findFirst()
        .map(WarmUpStep::perDay)
        .orElse(dailyPerDomain);
  }
}
