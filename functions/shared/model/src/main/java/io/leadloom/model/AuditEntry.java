package io.leadloom.model;

import java.time.Instant;

/**
 * Who did what to what, when, why, and from where. Actors are people's ids, or {@code rule:},
 * {@code step:} and a name.
 *
 * @param subject id of what it was done to
 * @param why the reason of a rule's or step's decision, or a person's note; empty for none
 */
public record AuditEntry(
    Instant at, String actor, String action, String subject, String why, Origin origin) {

  /** An entry whose origin is noted when it is written. */
  public AuditEntry(Instant at, String actor, String action, String subject, String why) {
    this(at, actor, action, subject, why, Origin.UNKNOWN);
  }

  /** The same entry, done from there. */
  public AuditEntry from(Origin where) {
    return new AuditEntry(at, actor, action, subject, why, where);
  }
}
