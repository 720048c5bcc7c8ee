package io.leadloom.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A file of JSON lines that only grows. A line that {@link #append} returned from survives the end
 * of the process, however it ends; a half-written last line is dropped when the file is opened.
 */
final class JsonLines implements AutoCloseable {

  private final Path file;

  /** Not a channel, which an interrupted thread would close for all others. */
  private final FileOutputStream stream;

  private JsonLines(Path file, FileOutputStream stream) {
    this.file = file;
    this.stream = stream;
  }

  /**
   * Opens the file, which need not exist.
   *
   * @param onLine is given what the file holds, line by line
   * @throws UncheckedIOException if it cannot be read or written
   * @throws IllegalStateException if a line that was finished is not JSON
   */
  static JsonLines open(Path file, Consumer<JsonNode> onLine) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      var start = 0;
      var number = 0;
      for (var i = 0; i < content.length; i++) {
        if (content[i] == '\n') {
          number++;
          onLine.accept(parse(file, number, Arrays.copyOfRange(content, start, i)));
          start = i + 1;
        }
      }
      if (start < content.length) {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(start);
        }
      }
      return new JsonLines(file, new FileOutputStream(file.toFile(), true));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file, e);
    }
  }

  synchronized void append(Object value) {
    try {
      stream.write((Json.text(value) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file, e);
    }
  }

  private static JsonNode parse(Path file, int number, byte[] line) {
    return Json.parse(line)
        .orElseThrow(() ->
            new IllegalStateException(
                file + " has no JSON in line " + number + "; remove the file to start afresh"));
  }
}
