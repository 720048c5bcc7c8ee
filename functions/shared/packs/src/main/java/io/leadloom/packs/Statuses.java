package io.leadloom.packs;

import java.util.List;
import java.util.Map;

/**
 * How the many words for a permit's status are read. A status is matched as a whole, never by a
 * part of it: "inactive" is not "active", and an address that slipped into the column is unknown,
 * not issued.
 *
 * @param good statuses under which work may go ahead
 * @param progress statuses on the way there or under inspection
 * @param bad statuses under which nothing will be built
 * @param synonyms other wording → one of the above
 */
public record Statuses(
    List<String> good, List<String> progress, List<String> bad, Map<String, String> synonyms) {

  /** What {@link #normalise} answers for blank or unheard-of wording. */
  public static final String UNKNOWN = "unknown";

  public Statuses {
    good = List.copyOf(good);
    progress = List.copyOf(progress);
    bad = List.copyOf(bad);
    synonyms = Map.copyOf(synonyms);
  }

  /** Where a status stands. */
  public enum Standing {
    GOOD,
    PROGRESS,
    BAD,
    UNKNOWN
  }

  /** The one word for a status, in lower case, or {@link #UNKNOWN}. */
  public String normalise(String raw) {
    String status = Words.of(raw).toString();
    String word = synonyms.getOrDefault(status, status);
    return good.contains(word) || progress.contains(word) || bad.contains(word) ? word : UNKNOWN;
  }

  /**
   * The permit's normalised status; one without any status but with a date of issue is "issued".
   */
  public String of(PermitFacts permit) {
    return permit.status().isBlank() && permit.issued().isPresent()
        ? "issued"
        : normalise(permit.status());
  }

  /** Where a raw or normalised status stands. */
  public Standing standing(String status) {
    String word = normalise(status);
    if (good.contains(word)) {
      return Standing.GOOD;
    }
    if (progress.contains(word)) {
      return Standing.PROGRESS;
    }
    return bad.contains(word) ? Standing.BAD : Standing.UNKNOWN;
  }
}
