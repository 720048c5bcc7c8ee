package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.packs.Packs;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of permits, as messy as they come. */
class PermitFileTest {

  private static final String NOISE = "a9\",\"\n,;\u0000\\{}[]:- .$#é’\r";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE"})
  void anyEncodingGivesTheSameText(String charset) throws IOException {
    var text = "Permit #,Applicant\n1,Müller’s Bäckerei\n2,Brightwater Builders – Süd\n";
    assertThat(rows(text.getBytes(Charset.forName(charset))))
        .extracting(row -> row.fields().get("Applicant"))
        .containsExactly("Müller’s Bäckerei", "Brightwater Builders – Süd");
  }

  @Test
  void oneCurlyQuoteInALongFileIsWindows1252() throws IOException {
    var text = "Permit #,Applicant\n" + "17,ALDERWAY HOMES\n".repeat(2_000) + "18,VAL’S HEATING\n";
    assertThat(rows(text.getBytes("windows-1252")).getLast().fields())
        .containsEntry("Applicant", "VAL’S HEATING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsNotPartOfTheFirstName(String charset) throws IOException {
    var bytes = "\uFEFFPermit #,Applicant\n1,Ünder\n".getBytes(Charset.forName(charset));
    assertThat(rows(bytes).getFirst().fields().keySet()).containsExactly("Permit #", "Applicant");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void separatorsAreFoundByTheHeader(String separator) throws IOException {
    var text =
        String.join(separator, "Permit #", "Type, kind", "\"Notes; more\"")
            + "\n"
            + String.join(separator, "1", "\"a,b;c|d\te\"", "x");
    // A header with a comma in a name needs quotation marks where commas cut.
    var fit = separator.equals(",") ? text.replace("Type, kind", "Type") : text;
    assertThat(rows(fit.getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .satisfies(
            row -> assertThat(row.fields().values()).containsExactly("1", "a,b;c|d\te", "x"));
  }

  @Test
  void aSpreadsheetsSeparatorLineIsHeeded() throws IOException {
    assertThat(rows("sep=;\r\nPermit #;Type\r\n1;Roof\r\n".getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.line()).isEqualTo(3);
          assertThat(row.fields()).containsEntry("Type", "Roof");
        });
  }

  @Test
  void quotedTextMayRunOverLines() throws IOException {
    var rows =
        rows(
            "Permit #,Notes\n1,\"first\n\nthird \"\"big\"\"\"\n2,x\n"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(rows).extracting(SourceRow::line).containsExactly(2L, 5L);
    assertThat(rows.getFirst().fields()).containsEntry("Notes", "first\n\nthird \"big\"");
  }

  @Test
  void badRowsAreToldByLineAndDoNoHarmToOthers() throws IOException {
    var text =
        """
        Permit #,Type,Applicant
        1,Roof,Alderway Homes
        2,Roof
        3,Roof,Alderway Homes,surplus

        4,"Roof,Alderway Homes
        5,Roof,12" Pipe Supply
        6,"Roof"x,Alderway Homes
        7,Roof,Alderway Homes,,
        8,"Roof,Alderway Homes
        """;
    var all = read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(readable(all))
        .extracting(row -> row.fields().get("Permit #"))
        .containsExactly("1", "5", "7");
    assertThat(malformed(all))
        .containsExactly(
            "3: 2 fields where the header has 3",
            "4: 4 fields where the header has 3",
            "6: a quotation mark is opened that the line does not close",
            "8: text follows a closing quotation mark",
            "10: a quotation mark is opened and never closed");
  }

  @Test
  void ofColumnsWithOneNameTheFirstFilledCounts() throws IOException {
    assertThat(rows("Permit #,Contact,Contact,\n1,,B,\n2,A,B,\n".getBytes(StandardCharsets.UTF_8)))
        .extracting(row -> row.fields().get("Contact"))
        .containsExactly("B", "A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"n\":1,\"a\":null},{\"n\":2,\"a\":\"x\"}]",
        "{\"meta\":{\"a\":[1]},\"data\":[{\"n\":1},{\"n\":2,\"a\":\"x\"}]}",
        "{\"records\":[{\"n\":1},{\"n\":2,\"a\":\"x\"}],\"total\":2}",
        "{\"help\":\"h\",\"success\":true,\"result\":{\"fields\":[{\"id\":\"n\"}],\"records\":[{\"n\":1},{\"n\":2,\"a\":\"x\"}]}}",
        "{\"meta\":{\"view\":{\"columns\":[{\"name\":\"n\"},{\"name\":\"a\"}]}},\"data\":[[1,null],[2,\"x\"]]}",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"coordinates\":[1,2]},\"properties\":{\"n\":1}},{\"properties\":{\"n\":2,\"a\":\"x\"}}]}",
        "{\"n\":1}\n\n{\"n\":2,\"a\":\"x\"}\n"
      })
  void jsonOfAllKinds(String json) throws IOException {
    assertThat(rows(json.getBytes(StandardCharsets.UTF_8)))
        .extracting(row -> row.fields().toString())
        .containsExactly("{n=1}", "{n=2, a=x}");
  }

  @Test
  void nestedPlacesAreFlattened() throws IOException {
    var json =
        """
        [{"n": "1", "location": {"latitude": "29.4", "human_address":
          "{\\"address\\": \\"12 Alder Way\\", \\"city\\": \\"Austin\\", \\"state\\": \\"TX\\", \\"zip\\": \\"\\"}"}}]
        """;
    assertThat(rows(json.getBytes(StandardCharsets.UTF_8)).getFirst().fields())
        .containsEntry("location_address", "12 Alder Way")
        .containsEntry("location_city", "Austin")
        .containsEntry("location_latitude", "29.4");
  }

  @Test
  void badJsonIsToldByRow() throws IOException {
    assertThat(malformed(read("{\"n\":1}\n{oops\n[1]\n{\"n\":2}".getBytes(StandardCharsets.UTF_8))))
        .containsExactly("2: no JSON object", "3: no JSON object");
    var cut = read("[{\"n\":1},\n7,\n{\"n\":".getBytes(StandardCharsets.UTF_8));
    assertThat(readable(cut)).hasSize(1);
    assertThat(malformed(cut))
        .containsExactly("2: no JSON object", "4: the JSON breaks off at line 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|file.empty",
        "'   \n\n'|file.empty",
        "'only one column\n1\n'|file.no-header",
        "'{\"other\": 1, \"data\": {}}\n'|",
        "'{\n\"other\": 1}'|file.no-rows",
        "'PK\u0003\u0004rest'|file.not-text"
      })
  void whatCannotBeReadIsOneClearError(String text, String code) throws IOException {
    var file = Files.writeString(folder.resolve("permits"), text);
    if (code == null) {
      assertThat(read(Files.readAllBytes(file))).hasSize(1);
      return;
    }
    assertThatThrownBy(() -> PermitFile.open(file).rows())
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whatAWriterQuotesIsReadBackAsItWas() throws IOException {
    var random = new Random(7);
    for (var n = 0; n < 300; n++) {
      var separator = ",;\t|".charAt(random.nextInt(4));
      var text = new StringWriter();
      var written = new ArrayList<List<String>>();
      try (var writer = CsvWriter.builder().fieldSeparator(separator).build(text)) {
        writer.writeRecord("Permit #", "a", "b", "c");
        for (var row = 0; row < 5; row++) {
          var cells = List.of("P" + row, cell(random), cell(random), cell(random));
          writer.writeRecord(cells);
          written.add(cells);
        }
      }
      var all = read(text.toString().getBytes(StandardCharsets.UTF_8));
      assertThat(malformed(all)).as(text.toString()).isEmpty();
      assertThat(readable(all))
          .as(text.toString())
          .extracting(row -> List.copyOf(row.fields().values()))
          .isEqualTo(written);
    }
  }

  @Test
  void noTextBreaksTheReadingOrWhatFollows() throws IOException {
    var random = new Random(7);
    var pack = new Packs().load("roofing");
    var today = LocalDate.parse("2026-03-02");
    for (var n = 0; n < 500; n++) {
      var text = new StringBuilder("Permit #,Type,Address,Issued,Valuation,Contractor\n");
      for (var i = 0; i < 80; i++) {
        text.append(NOISE.charAt(random.nextInt(NOISE.length())));
      }
      var mapper = new RowMapper("somewhere", pack.permits());
      for (var row : rows(text.toString().getBytes(StandardCharsets.UTF_8))) {
        assertThat(new JudgeRow(pack).judge(mapper.map(row), today).reason()).isNotEmpty();
      }
    }
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> PermitFile.open(folder.resolve("none.csv")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.csv");
  }

  private static String cell(Random random) {
    var text = new StringBuilder();
    for (var i = random.nextInt(6); i > 0; i--) {
      text.append("xy\",;\t|\n ".charAt(random.nextInt(9)));
    }
    return text.toString();
  }

  private List<FileRow> read(byte[] content) throws IOException {
    var file = Files.write(folder.resolve("permits"), content);
    try (var rows = PermitFile.open(file).rows()) {
      return rows.toList();
    }
  }

  private List<SourceRow> rows(byte[] content) throws IOException {
    return readable(read(content));
  }

  private static List<SourceRow> readable(List<FileRow> rows) {
    return rows.stream()
        .flatMap(
            row -> row instanceof FileRow.Readable(var good) ? Stream.of(good) : Stream.empty())
        .toList();
  }

  private static List<String> malformed(List<FileRow> rows) {
    return rows.stream()
        .flatMap(row ->
            row instanceof FileRow.Malformed bad
                ? Stream.of(bad.line() + ": " + bad.detail())
                : Stream.empty())
        .toList();
  }
}
