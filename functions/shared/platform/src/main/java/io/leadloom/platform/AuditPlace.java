package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;

/**
 * Where an entry stands in its tenant's audit.
 *
 * @param at when it was done, as sortable text
 * @param id from all else that the entry says, but not from where: a repetition comes from another
 *     request
 */
record AuditPlace(String at, String id) {

  static AuditPlace of(AuditEntry entry) {
    var id = Ids.hash(entry.actor(), entry.action(), entry.subject(), entry.why());
    return new AuditPlace(Keys.sortable(entry.at()), id.substring(0, 20));
  }

  /** The place that {@link #text} gave. */
  static AuditPlace of(String text) {
    var at = text.indexOf('#');
    return new AuditPlace(text.substring(0, at), text.substring(at + 1));
  }

  String text() {
    return at + "#" + id;
  }
}
