package io.leadloom.sourcing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Rows as a city might write them. */
final class Rows {

  private Rows() {}

  /** A row that is a reason to talk, for the fire-safety pack. */
  static SourceRow relevant(long line, String number, String applicant) {
    return row(
        line,
        Map.of(
            "PERMIT #", number,
            "PERMIT TYPE", "Fire Alarm Permit",
            "PROJECT NAME", "Install fire alarm system, medical office",
            "ADDRESS", "12 Alder Way, City of Austin, TX 78701",
            "DATE ISSUED", "2026-02-20",
            "PRIMARY CONTACT", applicant));
  }

  /** The same row with one field changed. */
  static SourceRow with(SourceRow row, String field, String text) {
    var fields = new LinkedHashMap<>(row.fields());
    fields.put(field, text);
    return new SourceRow(row.line(), fields);
  }

  /** The same row at another line. */
  static SourceRow at(long line, SourceRow row) {
    return new SourceRow(line, row.fields());
  }

  static SourceRow row(long line, Map<String, String> fields) {
    return new SourceRow(line, fields);
  }
}
