package io.leadloom.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The first rows of the product's own sample. */
final class SamplePermits {

  private static final Pattern DATE = Pattern.compile("\\d\\d/\\d\\d/\\d{4}");
  private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("MM/dd/uuuu");

  private static final int COLUMNS = 17;
  private static final List<String> ROUNDS =
      List.of("", "Second ", "Third ", "Fourth ", "Fifth ", "Sixth ", "Seventh ", "Eighth ");

  private SamplePermits() {}

  /** Header and rows as they are. */
  static List<String> lines(int rows) throws IOException {
    return Files.readAllLines(sample()).subList(0, rows + 1);
  }

  private static Path sample() {
    return Command.home().resolve("infra/cli/src/main/resources/samples/permits.csv");
  }

  /**
   * The whole sample so many times over, each time with other permits of other companies: the
   * "Pellgate Builders" of the second round are the "Second Pellgate Builders".
   */
  static List<String> rounds(int rounds) throws IOException {
    var all = new StringWriter();
    try (var writer = CsvWriter.builder().build(all)) {
      var header = List.of(lines(0).getFirst().split(","));
      writer.writeRecord(header);
      for (var round = 0; round < rounds; round++) {
        for (var row : rows()) {
          var fields = new ArrayList<>(row.getFields());
          distinguish(fields, header.indexOf("PERMIT #"), "", "-" + round);
          distinguish(fields, header.indexOf("PRIMARY CONTACT"), ROUNDS.get(round), "");
          writer.writeRecord(fields);
        }
      }
    }
    return all.toString().lines().toList();
  }

  /** Those that are not malformed. */
  private static List<CsvRecord> rows() throws IOException {
    List<CsvRecord> rows = new ArrayList<>();
    for (var line : Files.readAllLines(sample())) {
      try (var reader = CsvReader.builder().ofCsvRecord(line)) {
        reader.stream().filter(row -> row.getFieldCount() == COLUMNS).forEach(rows::add);
      }
    }
    return rows.subList(1, rows.size());
  }

  private static void distinguish(List<String> fields, int field, String before, String after) {
    var value = fields.get(field);
    if (!value.isEmpty()) {
      fields.set(field, before + value + after);
    }
  }

  /**
   * The same with all dates moved, so that the newest is yesterday's: what a running stack meets.
   */
  static List<String> recentLines(int rows) throws IOException {
    var lines = lines(rows);
    var newest =
        lines.stream()
            .flatMap(line -> DATE.matcher(line).results())
            .map(date -> LocalDate.parse(date.group(), AMERICAN))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    var days = ChronoUnit.DAYS.between(newest, LocalDate.now(ZoneOffset.UTC).minusDays(1));
    return lines.stream()
        .map(line ->
            DATE.matcher(line)
                .replaceAll(date ->
                    LocalDate.parse(date.group(), AMERICAN).plusDays(days).format(AMERICAN)))
        .toList();
  }

  static Path file(Path folder, String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }
}
