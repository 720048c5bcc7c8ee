package io.leadloom.sourcing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One record of a source as it stands there.
 *
 * @param line where it starts in its file; in a JSON document or on a portal, its number, from 1
 * @param fields the texts by the names the source gives them, in its order
 */
public record SourceRow(long line, Map<String, String> fields) {

  /** Keeps a copy in the same order. */
  public SourceRow {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
