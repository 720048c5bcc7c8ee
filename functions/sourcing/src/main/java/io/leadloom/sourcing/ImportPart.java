package io.leadloom.sourcing;

import io.leadloom.model.CampaignId;
import io.leadloom.model.PermitRow.Fate;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.ImportJobs;
import io.leadloom.platform.ImportJobs.Done;
import io.leadloom.platform.ImportJobs.Job;
import io.leadloom.platform.ImportJobs.RowFate;
import io.leadloom.platform.Queues;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes a part of an import in, then sets the next one going: one after the other, since the same
 * row further down is told from a repetition by the order.
 */
@Singleton
final class ImportPart {

  private final ImportJobs jobs;
  private final ImportRows importRows;
  private final Queues queues;
  private final Settings settings;
  private final Clock clock;

  ImportPart(
      ImportJobs jobs, ImportRows importRows, Queues queues, Settings settings, Clock clock) {
    this.jobs = jobs;
    this.importRows = importRows;
    this.queues = queues;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes a part in; for one that is in already it only sets the next one going. */
  void run(TenantId tenant, String id, int number) {
    var job = jobs.get(tenant, id);
    var done =
        jobs.done(tenant, id).stream()
            .filter(part -> part.number() == number)
            .findFirst()
            .orElseGet(() -> taken(tenant, job, number));
    if (done.problem() == null && number < job.parts()) {
      queues.send(tenant, settings.importQueueUrl(), new Message(tenant.value(), id, number + 1));
    }
  }

  private Done taken(TenantId tenant, Job job, int number) {
    var taken =
        jobs.part(tenant, job.id(), number)
            .map(part -> imported(tenant, job, number, part.rows()))
            .orElseGet(() ->
                failed(number, "The rows were kept for seven days, and it did not come so far"));
    jobs.done(tenant, job, taken.done(), taken.fates());
    return taken.done();
  }

  private Taken imported(TenantId tenant, Job job, int number, List<ImportJobs.Row> rows) {
    List<RowResult> results;
    var run = job.run() == null ? job.id() : job.run();
    try {
      results =
          importRows.run(
              tenant,
              CampaignId.of(job.campaignId()),
              job.source(),
              run,
              job.createdAt(),
              rows.stream().map(row -> new SourceRow(row.line(), row.fields())).toList());
    } catch (InvalidInputException e) {
      return failed(number, e.getMessage());
    }
    var setAside = new TreeMap<String, Integer>();
    results.stream()
        .filter(result -> result.fate() == Fate.SET_ASIDE)
        .forEach(result -> setAside.merge(result.reason(), 1, Integer::sum));
    var done =
        new Done(
            number,
            results.size(),
            count(results, Fate.LEAD),
            count(results, Fate.JOINED),
            setAside,
            (int) results.stream().filter(RowResult::fresh).count(),
            null,
            clock.instant());
    var fates =
        results.stream()
            .map(row ->
                new RowFate(row.line(), row.fate(), row.reason(), row.detail(), row.leadId()))
            .toList();
    return new Taken(done, fates);
  }

  private Taken failed(int number, String problem) {
    return new Taken(new Done(number, 0, 0, 0, Map.of(), 0, problem, clock.instant()), List.of());
  }

  private static int count(List<RowResult> results, Fate fate) {
    return (int) results.stream().filter(result -> result.fate() == fate).count();
  }

  /** A part that is in, or failed, and what became of its rows. */
  private record Taken(Done done, List<RowFate> fates) {}

  /** Which part is next. */
  record Message(String tenantId, String importId, int part) {}
}
