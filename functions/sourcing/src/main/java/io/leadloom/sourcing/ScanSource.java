package io.leadloom.sourcing;

import io.leadloom.model.Ids;
import io.leadloom.model.PermitRow.Fate;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Json;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Runs;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the next page of a table at a portal. Where the reading stands is noted after the page
 * is safely in, so that a reading which breaks off goes on there, at worst with a page it has seen.
 */
@Singleton
final class ScanSource {

  private final Permits permits;
  private final ImportRows importRows;
  private final SocrataPortal socrata;
  private final CkanPortal ckan;
  private final Runs runs;
  private final Clock clock;

  ScanSource(
      Permits permits,
      ImportRows importRows,
      SocrataPortal socrata,
      CkanPortal ckan,
      Runs runs,
      Clock clock) {
    this.runs = runs;
    this.clock = clock;
    this.permits = permits;
    this.importRows = importRows;
    this.socrata = socrata;
    this.ckan = ckan;
  }

  /**
   * Takes a page in.
   *
   * @param run names the reading of which the page is a part
   * @param cursor where the page before ended, as its {@link Result} said; absent for the first
   */
  Result run(TenantId tenant, String source, String url, String run, @Nullable String cursor) {
    Ids.check("The source", source);
    var table = SourceUrl.parse(url);
    var portal =
        switch (table.kind()) {
          case SOCRATA -> socrata;
          case CKAN -> ckan;
        };
    var at = cursor == null ? begin(tenant, source, url, run, table, portal) : read(cursor);
    var page = portal.read(table, at.position());
    var rows = new ArrayList<SourceRow>();
    for (var fields : page.records()) {
      rows.add(new SourceRow(at.rows() + rows.size() + 1, fields));
    }
    var results = importRows.run(tenant, source, run, rows);
    var next =
        new Cursor(url, page.next(), at.rows() + rows.size(), page.last(), run, at.position());
    var result = Result.of(page.last(), Json.write(next), results);
    runs.read(
        tenant,
        run,
        new Runs.Page(
            at.rows(),
            result.rows(),
            result.leads(),
            result.joined(),
            result.setAside(),
            result.last(),
            clock.instant()));
    permits.moveCursor(tenant, source, Json.write(next));
    return result;
  }

  private Cursor begin(
      TenantId tenant, String source, String url, String run, SourceUrl table, Portal portal) {
    // A source whose address changed is another table: what was read of the old one says nothing.
    var stored = permits.cursor(tenant, source).map(ScanSource::read);
    var last = stored.filter(cursor -> cursor.url().equals(url)).orElse(null);
    if (last != null && last.run().equals(run)) {
      // This reading's first page was taken in, but its answer was lost: the page is read again.
      return Cursor.before(url, run, last.from());
    }
    if (last != null && !last.finished()) {
      return Cursor.before(url, run, last.position());
    }
    return Cursor.before(url, run, portal.begin(table, last == null ? null : last.position()));
  }

  private static Cursor read(String cursor) {
    return Json.read(cursor, Cursor.class);
  }

  /**
   * Where a reading stands.
   *
   * @param rows how many rows it read so far
   * @param finished whether it came to the end
   * @param run names it
   * @param from where the last page began
   */
  private record Cursor(
      String url,
      PortalPosition position,
      long rows,
      boolean finished,
      String run,
      PortalPosition from) {

    /** Before the first page. */
    static Cursor before(String url, String run, PortalPosition position) {
      return new Cursor(url, position, 0, false, run, position);
    }
  }

  /**
   * What became of a page.
   *
   * @param cursor where to go on
   * @param fresh how many rows were new
   * @param setAside rows set aside by reason
   */
  record Result(
      boolean last,
      String cursor,
      int rows,
      int leads,
      int joined,
      int fresh,
      Map<String, Integer> setAside) {

    static Result of(boolean last, String cursor, List<RowResult> rows) {
      var setAside = new TreeMap<String, Integer>();
      rows.stream()
          .filter(row -> row.fate() == Fate.SET_ASIDE)
          .forEach(row -> setAside.merge(row.reason(), 1, Integer::sum));
      return new Result(
          last,
          cursor,
          rows.size(),
          count(rows, Fate.LEAD),
          count(rows, Fate.JOINED),
          (int) rows.stream().filter(RowResult::fresh).count(),
          setAside);
    }

    private static int count(List<RowResult> rows, Fate fate) {
      return (int) rows.stream().filter(row -> row.fate() == fate).count();
    }
  }
}
