package io.leadloom.sourcing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a JSON document: an array of objects, or an object that holds one as {@code data} or
 * {@code records}, also within {@code result} as CKAN answers.
 */
final class JsonRows implements FileRows {

  private static final Set<String> ARRAYS = Set.of("data", "records");
  private static final String ENVELOPE = "result";

  private final JsonParser parser;
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
      return Optional.of(of(row, parser.readValueAsTree()));
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
    return record.isObject()
        ? new FileRow.Readable(new SourceRow(number, JsonFields.of(record)))
        : FileRow.Malformed.because(number, "no JSON object");
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
      if (value == JsonToken.START_OBJECT && name.equals(ENVELOPE)) {
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
