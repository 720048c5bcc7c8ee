package io.leadloom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Ids;
import io.leadloom.platform.Json;
import io.leadloom.sourcing.ImportLimits;
import io.leadloom.sourcing.SourceRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Brings the rows of a file to a running stack, by as many imports as it takes, one after the other
 * in the order of the file.
 *
 * <p>The keys of the imports follow from what is in them. So the same file again, after a kill at
 * any moment or months later, finds the imports that there are: it goes on with what is under way,
 * and tells the same of what is in.
 */
final class RowFeed {

  /** Half of what an import takes: a function's request is longer than the body in it. */
  private static final int MOST_BYTES = 2 * 1024 * 1024;

  private static final long SHORTEST_MILLIS = 20;
  private static final long LONGEST_MILLIS = 1_000;

  /** Longer than a part that fails is tried again. */
  private static final Duration STANDSTILL = Duration.ofHours(1);

  private static final String TOO_LARGE = "row.too-large";

  private final ImportApi imports;
  private final StackTime time;
  private final int mostRows;

  /** A feed to a stack with that time. */
  RowFeed(ImportApi imports, StackTime time) {
    this(imports, time, ImportLimits.ROWS);
  }

  /** A feed whose imports have so many rows at most. */
  RowFeed(ImportApi imports, StackTime time, int mostRows) {
    this.imports = imports;
    this.time = time;
    this.mostRows = mostRows;
  }

  /**
   * Imports rows; rows that were brought before change nothing.
   *
   * @param progress is told how many rows are in
   */
  Imported feed(String source, SourceFile file, IntConsumer progress) {
    var ids = new ArrayList<String>();
    var leads = 0;
    var joined = 0;
    var fresh = 0;
    var done = 0;
    var setAside = new TreeMap<String, Integer>();
    var unread = new ArrayList<Refused>();
    for (var rows : split(file.rows(), unread)) {
      var before = done;
      var begun = begin(source, file.fingerprint(), rows);
      var end = end(begun, taken -> progress.accept(before + taken));
      if (hasFailed(end)) {
        throw new CommandFailure(
            "the rows from line %d on were not taken in: %s"
                .formatted(rows.getFirst().line(), end.path("problem").asText()));
      }
      ids.add(end.path("id").asText());
      leads += end.path("leads").asInt();
      joined += end.path("joined").asInt();
      fresh += end.path("fresh").asInt() - begun.path("fresh").asInt();
      end.path("setAside")
          .properties()
          .forEach(e -> setAside.merge(e.getKey(), e.getValue().asInt(), Integer::sum));
      done += rows.size();
    }
    unread.addAll(file.malformed());
    unread.forEach(row -> setAside.merge(row.reason(), 1, Integer::sum));
    return new Imported(
        Funnel.Accounting.of(leads, joined, setAside),
        fresh,
        List.copyOf(ids),
        List.copyOf(unread));
  }

  /** Rows for one import after the other; those that are too large for any are left out. */
  private List<List<SourceRow>> split(List<SourceRow> rows, List<Refused> tooLarge) {
    var all = new ArrayList<List<SourceRow>>();
    var some = new ArrayList<SourceRow>();
    var bytes = 0;
    for (var row : rows) {
      var size = ImportLimits.bytes(row);
      if (size > ImportLimits.BYTES_OF_ROW) {
        tooLarge.add(
            new Refused(
                row.line(),
                TOO_LARGE,
                "%,d bytes, and %,d are the most".formatted(size, ImportLimits.BYTES_OF_ROW)));
        continue;
      }
      if (some.size() == mostRows || bytes + size > MOST_BYTES) {
        all.add(List.copyOf(some));
        some.clear();
        bytes = 0;
      }
      some.add(row);
      bytes += size;
    }
    if (!some.isEmpty()) {
      all.add(List.copyOf(some));
    }
    return all;
  }

  /** Begins an import, or finds it; one that failed before is left alone, and tried anew. */
  private JsonNode begin(String source, String run, List<SourceRow> rows) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("source", source);
    body.put("run", run);
    body.put("rows", rows);
    var text = Json.write(body);
    for (var attempt = 1; ; attempt++) {
      var key = "%s-%d".formatted(Ids.hash(text), attempt);
      var begun = imports.begin(key, text.getBytes(StandardCharsets.UTF_8));
      if (!hasFailed(begun)) {
        return begun;
      }
    }
  }

  private JsonNode end(JsonNode begun, IntConsumer progress) {
    var now = begun;
    var done = -1;
    var since = time.now();
    for (var pause = SHORTEST_MILLIS;
        isRunning(now);
        pause = Math.min(pause * 5 / 4, LONGEST_MILLIS)) {
      Pause.millis(pause);
      var awaited = time.awaited();
      now = imports.progress(begun.path("id").asText());
      if (now.path("rowsDone").asInt() != done) {
        done = now.path("rowsDone").asInt();
        since = time.now();
        progress.accept(done);
      } else if (time.now().isAfter(since.plus(STANDSTILL))) {
        throw new CommandFailure(
            "the import %s stands still after %,d rows; docs/operations.md tells what to do"
                .formatted(now.path("id").asText(), done));
      }
      if (awaited && isRunning(now)) {
        time.goOn();
      }
    }
    progress.accept(now.path("rowsDone").asInt());
    return now;
  }

  private static boolean isRunning(JsonNode progress) {
    return progress.path("status").asText().equals("running");
  }

  private static boolean hasFailed(JsonNode progress) {
    return progress.path("status").asText().equals("failed");
  }

  /** The first rows that could not be read, those that the stack refused before the others. */
  List<Refused> refused(Imported imported, int most) {
    var refused = new ArrayList<Refused>();
    for (var id : imported.imports()) {
      var cursor = "";
      do {
        if (refused.size() >= most
            || refused.size() + imported.unread().size() >= imported.refused()) {
          break;
        }
        var page = imports.setAside(id, cursor);
        for (var row : page.path("rows")) {
          if (Imported.isRefusal(row.path("reason").asText())) {
            refused.add(new Refused(row.path("line").asLong(), row.path("reason").asText(), ""));
          }
        }
        cursor = page.path("next").asText();
      } while (!cursor.isEmpty());
    }
    refused.addAll(imported.unread());
    return List.copyOf(refused.subList(0, Math.min(most, refused.size())));
  }

  /**
   * What a file came to.
   *
   * @param fresh rows that were not known before
   * @param imports their ids
   * @param unread rows that were not sent
   */
  record Imported(
      Funnel.Accounting accounting, int fresh, List<String> imports, List<Refused> unread) {

    /** How many rows could not be read. */
    int refused() {
      return accounting.setAside().entrySet().stream()
          .filter(reason -> isRefusal(reason.getKey()))
          .mapToInt(Map.Entry::getValue)
          .sum();
    }

    private static boolean isRefusal(String reason) {
      return reason.startsWith("row.");
    }
  }

  /**
   * A row that could not be read: a stable code, and the same in words where there is more to say.
   */
  record Refused(long line, String reason, String detail) {}
}
