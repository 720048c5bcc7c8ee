package io.leadloom.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of a source and what became of it. Rows with the same source, number and type are
 * versions of one permit; rows that also have the same content hash are the same row.
 *
 * @param permitKey identity of the permit: hash of source, number and type
 * @param contentHash of the row's canonical fields
 * @param reason code that explains a row set aside, or why it is relevant
 * @param lead the lead it raised or joined
 */
public record PermitRow(
    String permitKey,
    String contentHash,
    String source,
    @Nullable String number,
    Fate fate,
    String reason,
    @Nullable LeadId lead,
    Instant at) {

  /** What became of a row. */
  public enum Fate {
    /** It raised a lead. */
    LEAD,
    /** It belongs to a lead that was there already. */
    JOINED,
    /** It is kept with its reason, and nothing follows from it. */
    SET_ASIDE
  }
}
