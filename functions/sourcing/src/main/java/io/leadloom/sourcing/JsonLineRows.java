package io.leadloom.sourcing;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.leadloom.platform.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Rows of a file with one JSON object a line. */
final class JsonLineRows implements FileRows {

  private final BufferedReader reader;
  private long line;

  JsonLineRows(Reader text) {
    reader = new BufferedReader(text);
  }

  /** Whether a file whose first line of text this is has one JSON object a line. */
  static boolean startsWith(String firstLine) {
    try {
      var first = Json.mapper().readTree(firstLine);
      return first.isObject() && !JsonRows.isEnvelope(first);
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @Override
  public Optional<FileRow> next() throws IOException {
    for (var text = reader.readLine(); text != null; text = reader.readLine()) {
      line++;
      if (!text.isBlank()) {
        return Optional.of(row(text));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private FileRow row(String text) {
    try {
      return JsonRows.of(line, Json.mapper().readTree(text));
    } catch (JsonProcessingException e) {
      return FileRow.Malformed.because(line, "no JSON object");
    }
  }
}
