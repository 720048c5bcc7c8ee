package io.leadloom.sourcing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a JSON document: an array of objects, or an object that holds one as {@code data} or
 * {@code records}, also within {@code result} as CKAN answers, or as {@code features} as maps are
 * exported. Socrata's export has arrays for rows, and tells the columns beforehand.
 */
final class JsonRows implements FileRows {

  private static final Set<String> ARRAYS = Set.of("data", "records", "features");

  /** Where the features of a map have their fields: GeoJSON's name, and ArcGIS's. */
  private static final List<String> WITHIN = List.of("properties", "attributes");

  private static final String ENVELOPE = "result";
  private static final String DESCRIPTION = "meta";

  private final JsonParser parser;
  private final List<String> columns = new ArrayList<>();
  private long row;
  private boolean ended;

  /**
   * Finds the array.
   *
   * @throws InvalidInputException where there is none
   */
  JsonRows(Reader text) throws IOException {
    parser = Json.mapper().createParser(text);
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY && !findArray()) {
        throw noRows(null);
      }
    } catch (JsonProcessingException e) {
      throw noRows(e);
    }
  }

  @Override
  public Optional<FileRow> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    try {
      var token = parser.nextToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        ended = true;
        return Optional.empty();
      }
      row++;
      return Optional.of(of(row, named(parser.readValueAsTree())));
    } catch (JsonProcessingException e) {
      ended = true;
      return Optional.of(
          FileRow.Malformed.because(
              row + 1, "the JSON breaks off at line " + e.getLocation().getLineNr()));
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** A row from a record, or what is wrong with it. */
  static FileRow of(long number, JsonNode record) {
    var fields =
        WITHIN.stream().map(record::path).filter(JsonNode::isObject).findFirst().orElse(record);
    return fields.isObject()
        ? new FileRow.Readable(new SourceRow(number, JsonFields.of(fields)))
        : FileRow.Malformed.because(number, "no JSON object");
  }

  /** A row's values by the names of their columns, where it has them as an array. */
  private JsonNode named(JsonNode record) {
    if (!record.isArray() || record.size() != columns.size()) {
      return record;
    }
    var object = Json.mapper().createObjectNode();
    for (var i = 0; i < columns.size(); i++) {
      object.set(columns.get(i), record.get(i));
    }
    return object;
  }

  /** Whether an object holds the rows, rather than being one itself. */
  static boolean isEnvelope(JsonNode object) {
    return ARRAYS.stream().anyMatch(name -> object.path(name).isArray())
        || object.path(ENVELOPE).isObject() && isEnvelope(object.path(ENVELOPE));
  }

  private boolean findArray() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var value = parser.nextToken();
      if (value == JsonToken.START_ARRAY && ARRAYS.contains(name)) {
        return true;
      }
      if (value == JsonToken.START_OBJECT && name.equals(DESCRIPTION)) {
        JsonNode description = parser.readValueAsTree();
        description
            .at("/view/columns")
            .forEach(column -> columns.add(column.path("name").asText()));
      } else if (value == JsonToken.START_OBJECT && name.equals(ENVELOPE)) {
        if (findArray()) {
          return true;
        }
      } else {
        parser.skipChildren();
      }
    }
    return false;
  }

  private static InvalidInputException noRows(@Nullable JsonProcessingException cause) {
    var message =
        "The JSON document must be an array of objects, hold one as \"data\" or \"records\","
            + " or have one object a line";
    return cause == null
        ? new InvalidInputException("file.no-rows", message)
        : new InvalidInputException("file.no-rows", message, cause);
  }
}
