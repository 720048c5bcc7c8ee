package io.leadloom.sourcing;

import org.jspecify.annotations.Nullable;

/** A kind of open-data portal. */
interface Portal {

  /**
   * Where a new reading begins.
   *
   * @param last where the one before ended; absent for the first
   */
  PortalPosition begin(SourceUrl table, @Nullable PortalPosition last);

  /** The next rows after a position. */
  PortalPage read(SourceUrl table, PortalPosition after);
}
