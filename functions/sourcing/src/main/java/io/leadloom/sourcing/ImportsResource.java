package io.leadloom.sourcing;

import io.leadloom.model.Campaign;
import io.leadloom.model.CampaignId;
import io.leadloom.model.Permission;
import io.leadloom.platform.ImportJobs;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.util.List;

/** Many records at once: an import goes on by itself, and tells how far it is. */
@Singleton
final class ImportsResource implements Resource {

  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final BeginImport beginImport;
  private final ImportJobs jobs;

  ImportsResource(BeginImport beginImport, ImportJobs jobs) {
    this.beginImport = beginImport;
    this.jobs = jobs;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.post("/import-jobs", "beginImport")
            .does(
                "Takes up to 5,000 rows of a source in, one after the other; the answer's location"
                    + " tells how far it is",
                Permission.WRITE_LEADS)
            .body(NewImport.class)
            .upTo(MOST_BYTES)
            .answers(ImportProgress.class, 202)
            .by(this::begin),
        Operation.get("/import-jobs/{importId}", "getImport")
            .does("Tells how far an import is", Permission.READ_LEADS)
            .answers(ImportProgress.class, 200)
            .by(call -> {
              var job = jobs.get(call.tenant(), call.id("importId"));
              return Answer.ok(ImportProgress.of(job, jobs.done(call.tenant(), job.id())));
            }));
  }

  private Answer<ImportProgress> begin(Call<None, NewImport> call) {
    var rows =
        call.body().rows().stream()
            .map(row -> new ImportJobs.Row(row.line(), row.fields()))
            .toList();
    var named = call.body().campaignId();
    var campaign = named == null ? Campaign.DEFAULT : CampaignId.of(named);
    var job =
        beginImport.run(
            call.tenant(), "import-" + call.effectId(), campaign, call.body().source(), rows);
    return Answer.accepted("/v1/import-jobs/" + job.id(), ImportProgress.of(job, List.of()));
  }
}
