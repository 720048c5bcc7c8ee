package io.leadloom.sourcing;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Permission;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Executions;
import io.leadloom.platform.ImportJobs;
import io.leadloom.platform.Runs;
import io.leadloom.platform.Runs.Kind;
import io.leadloom.platform.Runs.Page;
import io.leadloom.platform.Runs.Run;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Sources;
import io.leadloom.platform.Sources.Source;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Range;
import io.leadloom.rest.Resource;
import io.leadloom.sourcing.ImportProgress.Status;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables at open-data portals, their readings, and how far these and the imports are. */
@Singleton
final class SourcesResource implements Resource {

  private static final String LIST = "runs";
  private static final int USUAL = 20;

  /** The revision of all sources: another address is another source. */
  private static final long UNCHANGED = 0;

  private final Sources sources;
  private final Runs runs;
  private final ImportJobs jobs;
  private final Executions executions;
  private final Audit audit;
  private final Settings settings;
  private final Clock clock;

  SourcesResource(
      Sources sources,
      Runs runs,
      ImportJobs jobs,
      Executions executions,
      Audit audit,
      Settings settings,
      Clock clock) {
    this.sources = sources;
    this.runs = runs;
    this.jobs = jobs;
    this.executions = executions;
    this.audit = audit;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/sources", "listSources")
            .does("Lists the sources, in alphabetical order", Permission.READ_SOURCES)
            .answers(SourceList.class, 200)
            .by(call ->
                Answer.ok(
                    new SourceList(
                        sources.list(call.tenant()).stream().map(SourceView::of).toList()))),
        Operation.post("/sources", "addSource")
            .does(
                "Adds a table at a Socrata or CKAN portal, by its address there",
                Permission.WRITE_SOURCES)
            .body(NewSource.class)
            .answers(SourceView.class, 201)
            .by(this::add),
        Operation.get("/sources/{sourceId}", "getSource")
            .does("Shows a source", Permission.READ_SOURCES)
            .answers(SourceView.class, 200)
            .by(call -> Answer.ok(SourceView.of(source(call)), UNCHANGED)),
        Operation.delete("/sources/{sourceId}", "removeSource")
            .does("Forgets a source; what came from it stays", Permission.WRITE_SOURCES)
            .answersNothing()
            .by(this::remove),
        Operation.post("/sources/{sourceId}/scans", "scanSource")
            .does(
                "Reads what is new in a source, from where the last reading ended; the answer's"
                    + " location tells how far it is",
                Permission.WRITE_SOURCES)
            .answers(RunView.class, 202)
            .by(this::scan),
        Operation.get("/runs", "listRuns")
            .does(
                "Lists the readings of sources and the imports of the last 90 days, latest first",
                Permission.READ_SOURCES)
            .query(RunQuery.class)
            .answers(RunPage.class, 200)
            .by(this::list),
        Operation.get("/runs/{runId}", "getRun")
            .does("Tells how far a reading or an import is", Permission.READ_SOURCES)
            .answers(RunView.class, 200)
            .by(call -> Answer.ok(view(call.tenant(), runs.get(call.tenant(), call.id("runId"))))));
  }

  private Answer<SourceView> add(Call<None, NewSource> call) {
    try {
      SourceUrl.parse(call.body().url());
    } catch (InvalidInputException e) {
      return Answer.refused(422, e.code(), e.getMessage());
    }
    var source = new Source(call.body().id(), call.body().url(), clock.instant());
    var added = sources.add(call.tenant(), source);
    var kept = sources.get(call.tenant(), source.id());
    if (!added && !kept.url().equals(source.url())) {
      return Answer.refused(
          409,
          "source.exists",
          "There is a source of this id with another address; remove it first, or name this one"
              + " otherwise");
    }
    record(call, "source.added", source.id(), kept.addedAt());
    return Answer.created("/v1/sources/" + kept.id(), SourceView.of(kept), UNCHANGED);
  }

  private Answer<None> remove(Call<None, None> call) {
    var source = source(call);
    call.seen().require(UNCHANGED);
    sources.remove(call.tenant(), source.id());
    record(call, "source.removed", source.id(), clock.instant());
    return Answer.nothing();
  }

  private Answer<RunView> scan(Call<None, None> call) {
    var source = source(call);
    var id = "scan-" + call.effectId();
    runs.add(call.tenant(), new Run(id, Kind.SCAN, source.id(), clock.instant()));
    executions.start(
        settings.sourceScanArn(),
        id,
        Map.of("tenantId", call.tenant().value(), "source", source.id(), "url", source.url()));
    // Of the moment that is kept, so that a repetition records the same entry.
    var run = runs.get(call.tenant(), id);
    record(call, "source.scanned", source.id(), run.startedAt());
    return Answer.accepted("/v1/runs/" + id, view(call.tenant(), run));
  }

  private Answer<RunPage> list(Call<RunQuery, None> call) {
    var most = call.query().limit() == null ? USUAL : call.query().limit();
    var page = runs.list(call.tenant(), Cursor.position(LIST, call.query().cursor()), most);
    var next = page.size() < most ? null : Runs.place(call.tenant(), page.getLast());
    return Answer.ok(
        new RunPage(
            page.stream().map(run -> view(call.tenant(), run)).toList(), Cursor.of(LIST, next)));
  }

  private RunView view(TenantId tenant, Run run) {
    return switch (run.kind()) {
      case IMPORT ->
          RunView.of(
              run, ImportProgress.of(jobs.get(tenant, run.id()), jobs.done(tenant, run.id())));
      case SCAN -> {
        var pages = runs.pages(tenant, run.id());
        yield RunView.of(run, pages, status(run, pages));
      }
    };
  }

  private Status status(Run scan, List<Page> pages) {
    if (!pages.isEmpty() && pages.getLast().last()) {
      return Status.DONE;
    }
    return executions.failed(settings.sourceScanArn(), scan.id()) ? Status.FAILED : Status.RUNNING;
  }

  private Source source(Call<?, ?> call) {
    return sources.get(call.tenant(), call.id("sourceId"));
  }

  private void record(Call<?, ?> call, String action, String source, Instant at) {
    audit.record(call.tenant(), new AuditEntry(at, call.caller().actor(), action, source, ""));
  }

  /** A source to add. */
  record NewSource(
      @About("Your name for it") @Form(pattern = Form.ID) String id,
      @About("Of the table's page, its download or its API")
          @Length(max = 1_000)
          @Form(format = "uri")
          String url) {}

  /** A source, as the API shows it. */
  record SourceView(String id, String url, Instant addedAt) {

    static SourceView of(Source source) {
      return new SourceView(source.id(), source.url(), source.addedAt());
    }
  }

  /** The sources. */
  record SourceList(List<SourceView> sources) {}

  /** Where and how far to read. */
  record RunQuery(
      @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
      @About("How many at most, 20 if absent") @Nullable @Range(min = 1, max = 50) Integer limit) {}

  /** Runs of a list. */
  record RunPage(
      List<RunView> runs,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}
}
