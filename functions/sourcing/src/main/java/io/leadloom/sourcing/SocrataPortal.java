package io.leadloom.sourcing;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.fault.PermanentException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Socrata by SODA 2.1. Rows are read in the order of their last change, from the last one read on,
 * so that none is missed while others change; a new reading goes back 48 hours, as cities
 * back-date.
 */
@Singleton
final class SocrataPortal implements Portal {

  private static final Duration OVERLAP = Duration.ofHours(48);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** What the portal adds to each row begins so. */
  private static final String SYSTEM = ":";

  private final PortalHttp http;

  SocrataPortal(PortalHttp http) {
    this.http = http;
  }

  @Override
  public PortalPosition begin(SourceUrl table, @Nullable PortalPosition last) {
    return last == null || last.updatedAt() == null
        ? PortalPosition.START
        : at(earlier(last.updatedAt()), null);
  }

  @Override
  public PortalPage read(SourceUrl table, PortalPosition after) {
    var query = new LinkedHashMap<String, String>();
    query.put("$select", ":*,*");
    query.put("$order", ":updated_at,:id");
    query.put("$limit", Integer.toString(PortalPage.ROWS));
    where(after).ifPresent(where -> query.put("$where", where));
    var rows = http.get(table.portal(), "/resource/" + table.id() + ".json", query);
    if (!rows.isArray()) {
      throw new PermanentException(
          "source.not-rows", "The Socrata table " + table.id() + " did not answer with rows");
    }
    var records =
        StreamSupport.stream(rows.spliterator(), false).map(SocrataPortal::fields).toList();
    var last = rows.isEmpty() ? after : position(table, rows.get(rows.size() - 1));
    return new PortalPage(records, last, rows.size() < PortalPage.ROWS);
  }

  private static Optional<String> where(PortalPosition after) {
    if (after.updatedAt() == null) {
      return Optional.empty();
    }
    var time = quoted(after.updatedAt());
    return Optional.of(
        after.id() == null
            ? ":updated_at > " + time
            : "(:updated_at > %s) OR (:updated_at = %s AND :id > %s)"
                .formatted(time, time, quoted(after.id())));
  }

  private static PortalPosition position(SourceUrl table, JsonNode row) {
    if (!row.hasNonNull(":updated_at") || !row.hasNonNull(":id")) {
      throw new PermanentException(
          "source.no-system-fields",
          "The Socrata table " + table.id() + " does not tell when its rows changed");
    }
    return at(row.path(":updated_at").asText(), row.path(":id").asText());
  }

  private static PortalPosition at(String updatedAt, @Nullable String id) {
    return new PortalPosition(updatedAt, id, 0, 0, null);
  }

  private static Map<String, String> fields(JsonNode row) {
    var fields = JsonFields.of(row);
    fields.keySet().removeIf(name -> name.startsWith(SYSTEM));
    return fields;
  }

  private static String earlier(String time) {
    try {
      return TIME.format(Instant.parse(time.endsWith("Z") ? time : time + "Z").minus(OVERLAP));
    } catch (DateTimeParseException e) {
      throw new PermanentException(
          "source.cursor-unreadable", "A stored cursor holds no time: " + time, e);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
