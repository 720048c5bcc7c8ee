package io.leadloom.cli;

import io.leadloom.packs.Packs;
import io.leadloom.packs.PermitColumns;
import io.leadloom.sourcing.FileRow;
import io.leadloom.sourcing.PermitFile;
import io.leadloom.sourcing.SourceRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of a file, read whole.
 *
 * @param fingerprint names the file's content
 */
record SourceFile(
    Path path, String fingerprint, List<SourceRow> rows, List<RowFeed.Refused> malformed) {

  /** Our own made-up permits. */
  static final String SAMPLE = "sample";

  /** Reads a file; {@code sample} is the one that comes with the product. */
  static SourceFile open(String source) {
    return open(source.equals(SAMPLE) ? sample() : Path.of(source).toAbsolutePath().normalize());
  }

  private static SourceFile open(Path path) {
    var file = PermitFile.open(path);
    var rows = new ArrayList<SourceRow>();
    var malformed = new ArrayList<RowFeed.Refused>();
    try (var all = file.rows()) {
      all.forEach(row -> {
        switch (row) {
          case FileRow.Readable(var readable) -> rows.add(readable);
          case FileRow.Malformed(var line, var reason, var detail) ->
              malformed.add(new RowFeed.Refused(line, reason, detail));
        }
      });
    }
    return new SourceFile(path, file.contentHash(), List.copyOf(rows), List.copyOf(malformed));
  }

  /** The day of the newest record in it, as far as the pack can tell one. */
  LocalDate newestDay(String pack) {
    var mapping = new Packs().load(pack).permits();
    var columns = new HashMap<List<String>, PermitColumns>();
    return rows.stream()
        .flatMap(row -> {
          var facts =
              columns
                  .computeIfAbsent(List.copyOf(row.fields().keySet()), mapping::columns)
                  .facts(List.copyOf(row.fields().values()));
          return Stream.of(facts.issued(), facts.submitted()).flatMap(Optional::stream);
        })
        .filter(day -> !day.isAfter(LocalDate.now(ZoneOffset.UTC)))
        .max(Comparator.naturalOrder())
        .orElseThrow(() ->
            new CommandFailure(
                "no record of " + path + " tells its day; say with --as-of when the run begins"));
  }

  private static Path sample() {
    var path = Home.folder().resolve("infra/cli/src/main/resources/samples/permits.csv");
    if (!Files.exists(path)) {
      throw new CommandFailure("the checkout lacks " + path);
    }
    return path;
  }
}
