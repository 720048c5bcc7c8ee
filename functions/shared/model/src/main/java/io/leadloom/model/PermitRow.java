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
 * @param run the import that brought the row last
 * @param line where the row first stood in that import, from 1; the same row further down is a
 *     duplicate
 */
public record PermitRow(
    String permitKey,
    String contentHash,
    String source,
    @Nullable String number,
    Fate fate,
    String reason,
    @Nullable LeadId lead,
    String run,
    long line,
    Instant at) {

  /** What tells this version of a permit from all others. */
  public Version version() {
    return new Version(permitKey, contentHash);
  }

  /** The same row, having joined a lead that was there already. */
  public PermitRow joined() {
    return new PermitRow(
        permitKey, contentHash, source, number, Fate.JOINED, reason, lead, run, line, at);
  }

  /** The same row, brought once more. */
  public PermitRow broughtBy(String newRun, long newLine) {
    return new PermitRow(
        permitKey, contentHash, source, number, fate, reason, lead, newRun, newLine, at);
  }

  /** One content of one permit. */
  public record Version(String permitKey, String contentHash) {}

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
