package io.leadloom.sourcing;

import org.jspecify.annotations.Nullable;

/**
 * How far a table was read. Each kind of portal uses what it has.
 *
 * @param updatedAt Socrata: when the last row read was changed, as the portal writes it
 * @param id Socrata: the portal's id of that row
 * @param offset CKAN: how many rows were read
 * @param total CKAN: how many rows the table had
 * @param modified CKAN: when the table was replaced, as the portal writes it
 */
record PortalPosition(
    @Nullable String updatedAt,
    @Nullable String id,
    long offset,
    long total,
    @Nullable String modified) {

  /** Before the first row. */
  static final PortalPosition START = new PortalPosition(null, null, 0, 0, null);
}
