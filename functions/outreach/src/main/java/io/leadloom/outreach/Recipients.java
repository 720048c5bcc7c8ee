package io.leadloom.outreach;

import io.leadloom.model.Lead;
import io.leadloom.packs.SendingRules;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Where a lead's contact lives. */
final class Recipients {

  private Recipients() {}

  /** The contact's own zone where it is known, else that of most people of the company's state. */
  static ZoneId zone(Lead lead, SendingRules rules) {
    var zone = lead.zone();
    if (zone != null) {
      try {
        return ZoneId.of(zone);
      } catch (DateTimeException e) {
        // A provider's zone that Java does not know is as good as none.
      }
    }
    var state = lead.company().state();
    return rules.zone(state == null ? "" : state);
  }
}
