package io.leadloom.sourcing;

import io.leadloom.model.CampaignId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.ImportJobs;
import io.leadloom.platform.ImportJobs.Job;
import io.leadloom.platform.ImportJobs.Part;
import io.leadloom.platform.ImportJobs.Row;
import io.leadloom.platform.Json;
import io.leadloom.platform.Queues;
import io.leadloom.platform.Runs;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of an import in parts that fit into an item, and sets the first one going. */
@Singleton
final class BeginImport {

  private static final int MOST_ROWS = 250;

  /** An item holds 400 KB; what JSON and an item count differently stays far below the rest. */
  private static final int MOST_BYTES = 250_000;

  private final ImportJobs jobs;
  private final Runs runs;
  private final Queues queues;
  private final Settings settings;
  private final Clock clock;

  BeginImport(ImportJobs jobs, Runs runs, Queues queues, Settings settings, Clock clock) {
    this.jobs = jobs;
    this.runs = runs;
    this.queues = queues;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Begins the import of that id; the same again changes nothing.
   *
   * @param run names the file of which these rows are a part; null where they are all of it
   * @throws InvalidInputException where a row is too large
   */
  Job run(
      TenantId tenant,
      String id,
      CampaignId campaign,
      String source,
      @Nullable String run,
      List<Row> rows) {
    var parts = parts(rows);
    jobs.add(
        tenant,
        new Job(id, campaign.value(), source, rows.size(), parts.size(), clock.instant(), run),
        parts);
    var job = jobs.get(tenant, id);
    runs.add(tenant, new Runs.Run(id, Runs.Kind.IMPORT, job.source(), job.createdAt()));
    queues.send(tenant, settings.importQueueUrl(), new ImportPart.Message(tenant.value(), id, 1));
    return job;
  }

  private static List<Part> parts(List<Row> rows) {
    var parts = new ArrayList<Part>();
    var part = new ArrayList<Row>();
    var bytes = 0;
    for (var row : rows) {
      var size = Json.bytes(row).length;
      if (size > ImportLimits.BYTES_OF_ROW) {
        throw new InvalidInputException(
            "import.row-too-large",
            "The row at line %d has %d bytes, and %d are the most; leave out what nobody reads"
                .formatted(row.line(), size, ImportLimits.BYTES_OF_ROW));
      }
      if (part.size() == MOST_ROWS || bytes + size > MOST_BYTES) {
        parts.add(new Part(parts.size() + 1, List.copyOf(part)));
        part.clear();
        bytes = 0;
      }
      part.add(row);
      bytes += size;
    }
    parts.add(new Part(parts.size() + 1, List.copyOf(part)));
    return parts;
  }
}
