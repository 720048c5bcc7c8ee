package io.leadloom.sourcing;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.PermanentException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * CKAN's data store. Its rows say not when they changed: a table that only grew is read from where
 * the last reading ended; one that was replaced, as its date or a shrunken total tell, is read from
 * the start, and rows known by their content change nothing.
 */
@Singleton
final class CkanPortal implements Portal {

  /** What the portal adds to each row. */
  private static final Set<String> SYSTEM = Set.of("_id", "_full_text", "rank");

  private final PortalHttp http;

  CkanPortal(PortalHttp http) {
    this.http = http;
  }

  @Override
  public PortalPosition begin(SourceUrl table, @Nullable PortalPosition last) {
    var modified = modified(table);
    return last == null || !Objects.equals(last.modified(), modified)
        ? new PortalPosition(null, null, 0, 0, modified)
        : last;
  }

  @Override
  public PortalPage read(SourceUrl table, PortalPosition after) {
    var result = rows(table, after.offset());
    var total = result.path("total").asLong(-1);
    if (total >= 0 && total < after.total()) {
      // It was replaced meanwhile by a shorter one.
      return read(table, new PortalPosition(null, null, 0, 0, after.modified()));
    }
    var records =
        StreamSupport.stream(result.path("records").spliterator(), false)
            .map(CkanPortal::fields)
            .toList();
    var offset = after.offset() + records.size();
    return new PortalPage(
        records,
        new PortalPosition(null, null, offset, Math.max(total, 0), after.modified()),
        records.isEmpty() || total >= 0 ? offset >= total : records.size() < PortalPage.ROWS);
  }

  private JsonNode rows(SourceUrl table, long offset) {
    var answer =
        http.get(
            table.portal(),
            "/api/3/action/datastore_search",
            Map.of(
                "resource_id", table.id(),
                "sort", "_id asc",
                "limit", Integer.toString(PortalPage.ROWS),
                "offset", Long.toString(offset)));
    var result = answer.path("result");
    if (!result.path("records").isArray()) {
      throw new PermanentException(
          "source.not-rows", "The CKAN resource " + table.id() + " did not answer with records");
    }
    return result;
  }

  /** When the table was replaced; nothing where the portal does not say. */
  private @Nullable String modified(SourceUrl table) {
    try {
      var resource =
          http.get(table.portal(), "/api/3/action/resource_show", Map.of("id", table.id()));
      var modified = resource.path("result").path("last_modified").asText("");
      return modified.isEmpty() ? null : modified;
    } catch (InvalidInputException e) {
      // Some portals show no resources; the total still tells a shorter table.
      return null;
    }
  }

  private static Map<String, String> fields(JsonNode record) {
    var fields = JsonFields.of(record);
    fields.keySet().removeAll(SYSTEM);
    return fields;
  }
}
