package io.leadloom.platform;

import io.leadloom.model.PermitRow.Fate;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Imports that go on by themselves: their rows, part by part, and what became of each part. */
@Singleton
public final class ImportJobs {

  /** How long rows are kept for their import. */
  private static final Duration ROWS_KEPT = Duration.ofDays(7);

  /** How long it can be asked what became of an import. */
  private static final Duration KEPT = Duration.ofDays(90);

  private final Table table;

  ImportJobs(Table table) {
    this.table = table;
  }

  /** Keeps an import with its rows; the same again changes nothing. */
  public void add(TenantId tenant, Job job, List<Part> parts) {
    for (var part : parts) {
      table.putIfAbsent(
          Item.of(Keys.importPart(tenant, job.id(), part.number()), "importPart", part)
              .expiring(job.createdAt().plus(ROWS_KEPT)));
    }
    table.putIfAbsent(
        Item.of(Keys.importJob(tenant, job.id()), "importJob", job)
            .expiring(job.createdAt().plus(KEPT)));
  }

  /** The import of that id; {@link NotFoundException} where the tenant has none. */
  public Job get(TenantId tenant, String id) {
    return table
        .get(Keys.importJob(tenant, id), Job.class)
        .orElseThrow(
            () -> new NotFoundException("import.not-found", "There is no import '" + id + "'"));
  }

  /** A part of an import's rows, as long as they are kept. */
  public Optional<Part> part(TenantId tenant, String id, int number) {
    return table.get(Keys.importPart(tenant, id, number), Part.class);
  }

  /**
   * Notes what became of a part and of each of its rows; the first note stays. A part that is done
   * has its rows' fates noted.
   */
  public void done(TenantId tenant, Job job, Done done, List<RowFate> fates) {
    table.putIfAbsent(
        Item.of(
                Keys.importFates(tenant, job.id(), done.number()),
                "importFates",
                new Fates(done.number(), fates))
            .expiring(job.createdAt().plus(KEPT)));
    table.putIfAbsent(
        Item.of(Keys.importDone(tenant, job.id(), done.number()), "importDone", done)
            .expiring(job.createdAt().plus(KEPT)));
  }

  /** What became of the parts that are done, in their order. */
  public List<Done> done(TenantId tenant, String id) {
    return table.query(Keys.importRows(tenant, id), "DONE#", Done.class);
  }

  /** What became of the rows of a part, in their order; nothing until it is done. */
  public Optional<List<RowFate>> fates(TenantId tenant, String id, int number) {
    return table.get(Keys.importFates(tenant, id, number), Fates.class).map(Fates::rows);
  }

  /**
   * An import.
   *
   * @param source our name for where the rows come from
   * @param parts how many there are, numbered from 1
   * @param run names the file of which this is a part; absent where it is all of it
   */
  public record Job(
      String id,
      String campaignId,
      String source,
      int rows,
      int parts,
      Instant createdAt,
      @Nullable String run) {}

  /** Some of its rows. */
  public record Part(int number, List<Row> rows) {}

  /** A row by the names its source gives the fields. */
  public record Row(long line, Map<String, String> fields) {}

  /**
   * What became of a part.
   *
   * @param setAside rows set aside, by reason
   * @param fresh rows that were not known before; absent where nobody counted them
   * @param problem why the import ends here; absent where it goes on
   */
  public record Done(
      int number,
      int rows,
      int leads,
      int joined,
      Map<String, Integer> setAside,
      @Nullable Integer fresh,
      @Nullable String problem,
      Instant at) {}

  /**
   * What became of a row.
   *
   * @param reason stable code
   * @param detail the same in words, where the code does not say all
   * @param leadId the lead it raised or joined
   */
  public record RowFate(
      long line, Fate fate, String reason, @Nullable String detail, @Nullable String leadId) {}

  private record Fates(int number, List<RowFate> rows) {}
}
