package io.leadloom.sourcing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.leadloom.model.fault.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file whose lines are cut by commas, semicolons, tabs or bars. Text in quotation marks
 * may run over several lines; where a stray mark would swallow the lines that follow, the line that
 * has it is malformed and those that follow are rows again.
 */
final class CsvRows implements FileRows {

  private static final String SEPARATORS = ",;\t|";

  /** No field worth reading has more lines than this. */
  private static final int MAX_LINES = 200;

  private final BufferedReader reader;
  private final Deque<Line> ahead = new ArrayDeque<>();
  private final char separator;
  private final List<String> names;
  private final CsvReader.CsvReaderBuilder parser;
  private long linesRead;

  /**
   * Reads the header.
   *
   * @throws InvalidInputException where the file has none
   */
  CsvRows(Reader text) throws IOException {
    reader = new BufferedReader(text);
    var header = skipBlank();
    var declared = header == null ? null : declaredSeparator(header.text());
    if (declared != null) {
      header = skipBlank();
    }
    if (header == null) {
      throw new InvalidInputException("file.empty", "The file holds no line of text");
    }
    separator = declared == null ? likelySeparator(header.text()) : declared;
    parser = CsvReader.builder().fieldSeparator(separator).skipEmptyLines(false);
    ahead.addFirst(header);
    names = header();
  }

  @Override
  public Optional<FileRow> next() throws IOException {
    var first = skipBlank();
    if (first == null) {
      return Optional.empty();
    }
    var whole = whole(first);
    if (whole.isEmpty()) {
      return malformed(first, "a quotation mark is opened and never closed");
    }
    var cells = cells(whole);
    if (cells.size() > names.size()
        && cells.subList(names.size(), cells.size()).stream().allMatch(String::isBlank)) {
      cells = cells.subList(0, names.size());
    }
    if (cells.size() == names.size()) {
      return Optional.of(new FileRow.Readable(new SourceRow(first.number(), fields(cells))));
    }
    var rest = whole.subList(1, whole.size());
    if (rest.stream().anyMatch(line -> cells(List.of(line)).size() == names.size())) {
      putBack(rest);
      return malformed(first, "a quotation mark is opened that the line does not close");
    }
    if (cells.isEmpty()) {
      return malformed(first, "text follows a closing quotation mark");
    }
    return malformed(
        first, "%d fields where the header has %d".formatted(cells.size(), names.size()));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private List<String> header() throws IOException {
    var first = poll();
    var whole = first == null ? List.<Line>of() : whole(first);
    var cells = cells(whole);
    if (cells.size() < 2) {
      throw new InvalidInputException(
          "file.no-header",
          "The first line must name the columns, separated by comma, semicolon, tab or bar, but it"
              + " has a single one: '"
              + shortened(String.join("", cells))
              + "'");
    }
    var named = new ArrayList<String>();
    for (var cell : cells) {
      named.add(cell.isBlank() ? "column " + (named.size() + 1) : cell.strip());
    }
    return named;
  }

  /** The lines of the row that starts here; none where its quotation marks are never closed. */
  private List<Line> whole(Line first) throws IOException {
    var lines = new ArrayList<Line>();
    var quoted = false;
    for (var line = first; line != null && lines.size() < MAX_LINES; line = poll()) {
      lines.add(line);
      quoted = quotedAfter(line.text(), quoted);
      if (!quoted) {
        return lines;
      }
    }
    putBack(lines.subList(1, lines.size()));
    return List.of();
  }

  /** Whether a quoted field is still open at the end of a line. */
  private boolean quotedAfter(String line, boolean quotedBefore) {
    var quoted = quotedBefore;
    var fieldStart = !quotedBefore;
    for (var i = 0; i < line.length(); i++) {
      var c = line.charAt(i);
      if (quoted) {
        if (c == '"') {
          if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
            i++;
          } else {
            quoted = false;
          }
        }
      } else if (c == '"' && fieldStart) {
        quoted = true;
        fieldStart = false;
      } else {
        fieldStart = c == separator;
      }
    }
    return quoted;
  }

  /** The fields of a row; none where its quotation marks make no sense. */
  private List<String> cells(List<Line> lines) {
    var text = String.join("\n", lines.stream().map(Line::text).toList());
    try {
      return text.isEmpty() ? List.of() : parser.ofSingleCsvRecord(text).getFields();
    } catch (CsvParseException e) {
      return List.of();
    }
  }

  private LinkedHashMap<String, String> fields(List<String> cells) {
    var fields = new LinkedHashMap<String, String>();
    for (var i = 0; i < cells.size(); i++) {
      // Of columns with the same name the first filled one counts.
      var cell = cells.get(i);
      fields.merge(names.get(i), cell, (kept, other) -> kept.isBlank() ? other : kept);
    }
    return fields;
  }

  private static Optional<FileRow> malformed(Line line, String detail) {
    return Optional.of(FileRow.Malformed.because(line.number(), detail));
  }

  private @Nullable Line skipBlank() throws IOException {
    var line = poll();
    while (line != null && line.text().isBlank()) {
      line = poll();
    }
    return line;
  }

  private @Nullable Line poll() throws IOException {
    var line = ahead.pollFirst();
    if (line != null) {
      return line;
    }
    var text = reader.readLine();
    return text == null ? null : new Line(++linesRead, text.replace("\0", ""));
  }

  private void putBack(List<Line> lines) {
    lines.reversed().forEach(ahead::addFirst);
  }

  /** The separator that a spreadsheet's first line {@code sep=;} names. */
  private static @Nullable Character declaredSeparator(String line) {
    return line.length() == 5 && line.startsWith("sep=") ? line.charAt(4) : null;
  }

  private static char likelySeparator(String header) {
    var best = ',';
    var most = 0L;
    for (var c : SEPARATORS.toCharArray()) {
      var count = unquoted(header).chars().filter(each -> each == c).count();
      if (count > most) {
        best = c;
        most = count;
      }
    }
    return best;
  }

  private static String unquoted(String header) {
    return header.replaceAll("\"[^\"]*\"", "");
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private record Line(long number, String text) {}
}
