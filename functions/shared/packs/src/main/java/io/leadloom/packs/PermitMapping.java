package io.leadloom.packs;

import java.util.List;
import java.util.Map;

/**
 * How a city's export becomes {@link PermitFacts}, and which of them matter to the trade.
 *
 * @param headers for each field the column names that mean it, most telling first; compared without
 *     case, spaces and punctuation, and with "#" read as "number"
 * @param firmWords words that tell a firm from a private person; a property's owner counts as the
 *     applicant only with one of them
 * @param dateFormats {@link java.time.format.DateTimeFormatter} patterns tried in this order after
 *     ISO dates and date times
 * @param statuses how the many words for a permit's status are read
 * @param relevance which permits are a reason to talk
 */
public record PermitMapping(
    Map<PermitField, List<String>> headers,
    List<String> firmWords,
    List<String> dateFormats,
    Statuses statuses,
    RelevanceRules relevance) {

  public PermitMapping {
    headers = Map.copyOf(headers);
    firmWords = List.copyOf(firmWords);
    dateFormats = List.copyOf(dateFormats);
  }

  /** Finds this mapping's fields among the header names of one file or the keys of one record. */
  public PermitColumns columns(List<String> names) {
    return PermitColumns.match(this, names);
  }
}
