package io.leadloom.sourcing;

import java.util.List;
import java.util.Map;

/**
 * Some rows of a table at a portal.
 *
 * @param records their fields, without those of the portal itself
 * @param next where reading goes on
 * @param last whether there are no more for now
 */
record PortalPage(List<Map<String, String>> records, PortalPosition next, boolean last) {

  /** The most rows of one. */
  static final int ROWS = 1_000;

  /** Keeps a copy. */
  PortalPage {
    records = List.copyOf(records);
  }
}
