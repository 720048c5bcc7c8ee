package io.leadloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The first rows of the product's own sample. */
final class SamplePermits {

  private static final Pattern DATE = Pattern.compile("\\d\\d/\\d\\d/\\d{4}");
  private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("MM/dd/uuuu");

  private SamplePermits() {}

  /** Header and rows as they are. */
  static List<String> lines(int rows) throws IOException {
    var sample = Command.home().resolve("infra/cli/src/main/resources/samples/permits.csv");
    return Files.readAllLines(sample).subList(0, rows + 1);
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
