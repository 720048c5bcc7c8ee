package io.leadloom.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample data that the demo runs on must give each trade enough to show. */
class SamplePermitsTest {

  private static final Path SAMPLE =
      Path.of("../../../infra/cli/src/main/resources/samples/permits.csv");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  @ParameterizedTest
  @CsvSource({"fire-safety, 190, 230", "roofing, 80, 200"})
  void sampleGivesEachTradeEnoughFirms(String id, int least, int most) throws IOException {
    Pack pack = new Packs().load(id);
    List<List<String>> rows =
        Files.readAllLines(SAMPLE).stream().map(SamplePermitsTest::cells).toList();
    PermitColumns columns = pack.permits().columns(rows.getFirst());
    Set<String> firms = new TreeSet<>();
    Set<String> reasons = new TreeSet<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      PermitFacts permit = columns.facts(row);
      Relevance relevance = pack.permits().relevance().judge(permit, DAY);
      reasons.add(relevance.reasonCode());
      if (relevance.relevant()
          && !pack.company().isPlaceholder(permit.applicant())
          && !pack.company().isCompetitor(permit.applicant())
          && pack.permits().statuses().standing(permit.status()) != Statuses.Standing.BAD) {
        firms.add(pack.company().identity(permit.applicant()));
      }
    }
    assertThat(firms).hasSizeBetween(least, most);
    assertThat(reasons).hasSizeGreaterThan(7);
  }

  /** The sample has quoted cells but no line breaks or doubled quotes in them. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    boolean quoted = false;
    StringBuilder cell = new StringBuilder();
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
