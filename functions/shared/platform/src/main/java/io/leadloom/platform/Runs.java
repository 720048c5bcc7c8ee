package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The readings of sources and the imports, with what came of each page that was read. */
@Singleton
public final class Runs {

  /** How long it can be asked what became of a run. */
  private static final Duration KEPT = Duration.ofDays(90);

  private final Table table;

  Runs(Table table) {
    this.table = table;
  }

  /** Keeps a run; the same again changes nothing. */
  public void add(TenantId tenant, Run run) {
    table.putIfAbsent(
        Item.of(Keys.run(tenant, run.id()), "run", run)
            .indexed(Keys.listedRun(tenant, run.startedAt(), run.id()))
            .expiring(run.startedAt().plus(KEPT)));
  }

  /** The run of that id; {@link NotFoundException} where the tenant has none. */
  public Run get(TenantId tenant, String id) {
    return table
        .get(Keys.run(tenant, id), Run.class)
        .orElseThrow(() -> new NotFoundException("run.not-found", "There is no run '" + id + "'"));
  }

  /**
   * A tenant's runs, latest first.
   *
   * @param after place of the last one seen, as {@link #place} tells; null to start
   */
  public List<Run> list(TenantId tenant, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.runs(tenant), true, after, limit, Run.class);
  }

  /** Where a run stands in that list. */
  public static String place(TenantId tenant, Run run) {
    return Keys.listedRun(tenant, run.startedAt(), run.id()).sk();
  }

  /** Notes what became of a page; the first note stays. */
  public void read(TenantId tenant, String run, Page page) {
    table.putIfAbsent(
        Item.of(Keys.runPage(tenant, run, page.rowsBefore()), "runPage", page)
            .expiring(page.at().plus(KEPT)));
  }

  /** What became of the pages, in their order. */
  public List<Page> pages(TenantId tenant, String run) {
    return table.query(Keys.runPk(tenant, run), "PAGE#", Page.class);
  }

  /**
   * A run.
   *
   * @param id the import's, or the name of the execution that reads a source
   */
  public record Run(String id, Kind kind, String source, Instant startedAt) {}

  /** What kind of run it is. */
  public enum Kind {
    /** Rows that somebody sent. */
    IMPORT,
    /** A table at a portal that was read. */
    SCAN
  }

  /**
   * A page of a reading.
   *
   * @param rowsBefore how many rows were read before it
   * @param setAside rows set aside, by reason
   * @param last whether it was the last one
   */
  public record Page(
      long rowsBefore,
      int rows,
      int leads,
      int joined,
      Map<String, Integer> setAside,
      boolean last,
      Instant at) {}
}
