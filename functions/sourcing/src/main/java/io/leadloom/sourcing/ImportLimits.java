package io.leadloom.sourcing;

import io.leadloom.platform.Json;

/** How much an import takes at once. */
public final class ImportLimits {

  /** The most rows of an import. */
  public static final int ROWS = 5_000;

  /** The most bytes of a row in JSON, of which many must fit into an item. */
  public static final int BYTES_OF_ROW = 50_000;

  private ImportLimits() {}

  /** How many bytes a row has in JSON. */
  public static int bytes(SourceRow row) {
    return Json.bytes(row).length;
  }
}
