package io.leadloom.sourcing;

import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.Permission;
import io.leadloom.model.PermitRow.Fate;
import io.leadloom.platform.ImportJobs;
import io.leadloom.platform.ImportJobs.RowFate;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many records at once: an import goes on by itself, and tells how far it is. */
@Singleton
final class ImportsResource implements Resource {

  private static final int MOST_BYTES = 4 * 1024 * 1024;

  /** An answer ends with the part of the import in which it has so many rows. */
  private static final int ENOUGH_ROWS = 100;

  /** The most parts of an import that are searched for an answer's rows. */
  private static final int MOST_PARTS = 5;

  private final BeginImport beginImport;
  private final ImportJobs jobs;

  ImportsResource(BeginImport beginImport, ImportJobs jobs) {
    this.beginImport = beginImport;
    this.jobs = jobs;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.post("/imports", "beginImport")
            .does(
                "Takes up to 5,000 rows of a source in, one after the other; the answer's location"
                    + " tells how far it is",
                Permission.WRITE_LEADS)
            .body(NewImport.class)
            .upTo(MOST_BYTES)
            .answers(ImportProgress.class, 202)
            .by(this::begin),
        Operation.get("/imports/{importId}", "getImport")
            .does("Tells how far an import is", Permission.READ_LEADS)
            .answers(ImportProgress.class, 200)
            .by(call -> {
              var job = jobs.get(call.tenant(), call.id("importId"));
              return Answer.ok(ImportProgress.of(job, jobs.done(call.tenant(), job.id())));
            }),
        Operation.get("/imports/{importId}/rows", "listImportRows")
            .does(
                "Tells what became of each row that is taken in, in the order of the import",
                Permission.READ_LEADS)
            .query(RowQuery.class)
            .answers(RowPage.class, 200)
            .by(this::rows));
  }

  private Answer<ImportProgress> begin(Call<None, NewImport> call) {
    var body = call.body();
    var rows =
        body.rows().stream().map(row -> new ImportJobs.Row(row.line(), row.fields())).toList();
    var campaign = body.campaignId() == null ? Campaign.DEFAULT : CampaignId.of(body.campaignId());
    var job =
        beginImport.run(
            call.tenant(), "import-" + call.effectId(), campaign, body.source(), body.run(), rows);
    // One that was begun before the key was forgotten is further than its beginning.
    return Answer.accepted(
        "/v1/imports/" + job.id(), ImportProgress.of(job, jobs.done(call.tenant(), job.id())));
  }

  private Answer<RowPage> rows(Call<RowQuery, None> call) {
    var job = jobs.get(call.tenant(), call.id("importId"));
    var list = "%s rows %s".formatted(job.id(), call.query().fate());
    var first = Cursor.position(list, call.query().cursor());
    var rows = new ArrayList<RowView>();
    var part = first == null ? 1 : Integer.parseInt(first);
    for (var searched = 0; searched < MOST_PARTS && rows.size() < ENOUGH_ROWS; searched++) {
      var fates = jobs.fates(call.tenant(), job.id(), part);
      if (fates.isEmpty()) {
        return Answer.ok(new RowPage(rows, null));
      }
      fates.get().stream().filter(call.query()::matches).map(RowView::of).forEach(rows::add);
      part++;
    }
    var next = part <= job.parts() ? Integer.toString(part) : null;
    return Answer.ok(new RowPage(rows, Cursor.of(list, next)));
  }

  /** Which rows to list. */
  record RowQuery(
      @Nullable Fate fate,
      @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor) {

    boolean matches(RowFate row) {
      return fate == null || fate == row.fate();
    }
  }

  /** What became of a row. */
  record RowView(
      @About("Where it starts in its file") long line,
      @About("It raised a lead, joined one that was there, or nothing follows from it") Fate fate,
      @About("Code of why") String reason,
      @About("The same in words, where the code does not say all") @Nullable String detail,
      @About("The lead that it raised or joined") @Nullable String leadId) {

    static RowView of(RowFate row) {
      return new RowView(row.line(), row.fate(), row.reason(), row.detail(), row.leadId());
    }
  }

  /** Rows of an import. */
  record RowPage(
      List<RowView> rows,
      @About("Cursor of what follows; absent at the end, or where the import is so far")
          @Nullable String next) {}
}
