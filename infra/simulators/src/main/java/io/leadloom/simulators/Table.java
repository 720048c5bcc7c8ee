package io.leadloom.simulators;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file as an open-data portal takes it in: everything is text, blank is null, rows are in the
 * order of the file.
 *
 * @param file its name
 * @param modified when the file was written last, in whole milliseconds
 * @param header the names of the columns as the file has them
 * @param rows each as long as the header
 * @param raw the file as it is
 */
record Table(
    String file,
    Instant modified,
    List<String> header,
    List<List<@Nullable String>> rows,
    byte[] raw) {

  /** Of two that are as frequent, the first counts. */
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

  /**
   * Reads a file in UTF-16 with its mark, UTF-8 or, where it is neither, windows-1252, whatever
   * separates its columns.
   *
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if it has no header
   */
  static Table read(Path csv) {
    try {
      var raw = Files.readAllBytes(csv);
      var rows = new ArrayList<List<@Nullable String>>();
      List<String> header = List.of();
      try (var reader = reader(decoded(raw))) {
        for (var line : reader) {
          if (header.isEmpty()) {
            header = header(line.getFields());
          } else {
            rows.add(row(line.getFields(), header.size()));
          }
        }
      }
      if (header.isEmpty()) {
        throw new IllegalArgumentException(
            csv + " is empty: a portal needs a header line at least");
      }
      return new Table(
          csv.getFileName().toString(),
          Files.getLastModifiedTime(csv).toInstant().truncatedTo(ChronoUnit.MILLIS),
          header,
          rows,
          raw);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + csv, e);
    }
  }

  /** The name of the file without its ending, in lower case, with dashes. */
  String slug() {
    return file.replaceFirst("\\.[^.]*$", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-");
  }

  private static String decoded(byte[] raw) {
    if (startsWith(raw, 0xFF, 0xFE)) {
      return new String(raw, 2, raw.length - 2, StandardCharsets.UTF_16LE);
    }
    if (startsWith(raw, 0xFE, 0xFF)) {
      return new String(raw, 2, raw.length - 2, StandardCharsets.UTF_16BE);
    }
    var text = utf8OrWindows(raw);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Portals take in what cities export, which is seldom strict. */
  private static CsvReader<CsvRecord> reader(String text) {
    return CsvReader.builder()
        .fieldSeparator(separator(text))
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(text);
  }

  private static boolean startsWith(byte[] raw, int first, int second) {
    return raw.length >= 2 && (raw[0] & 0xFF) == first && (raw[1] & 0xFF) == second;
  }

  /** What separates the names in the header. */
  private static char separator(String text) {
    var header = text.lines().findFirst().orElse("");
    return SEPARATORS.stream()
        .max(Comparator.comparing(separator -> header.chars().filter(c -> c == separator).count()))
        .orElseThrow();
  }

  private static String utf8OrWindows(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      return new String(raw, Charset.forName("windows-1252"));
    }
  }

  private static List<String> header(List<String> fields) {
    var header = new ArrayList<String>();
    for (var field : fields) {
      var name = field.isBlank() ? "column_" + (header.size() + 1) : field.strip();
      var unique = name;
      for (var n = 1; header.contains(unique); n++) {
        unique = name + "_" + n;
      }
      header.add(unique);
    }
    return List.copyOf(header);
  }

  private static List<@Nullable String> row(List<String> fields, int width) {
    var row = new ArrayList<@Nullable String>(width);
    for (var i = 0; i < width; i++) {
      row.add(i < fields.size() && !fields.get(i).isEmpty() ? fields.get(i) : null);
    }
    return row;
  }
}
