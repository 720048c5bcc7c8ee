package io.leadloom.console;

import io.leadloom.model.Lead;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as a person reads them: in the zone of the lead. */
final class Times {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm zzz", Locale.ENGLISH);

  private Times() {}

  static String of(Lead lead, Instant at) {
    var zone = lead.zone() == null ? ZoneOffset.UTC : ZoneId.of(lead.zone());
    return TIME.withZone(zone).format(at);
  }
}
