package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.PermitRow.Fate;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.ImportJobs;
import io.leadloom.platform.ImportJobs.Row;
import io.leadloom.platform.ImportJobs.RowFate;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ImportJobTest {

  @RegisterExtension final Platform platform = new Platform();

  private int read;

  @BeforeEach
  void aTenant() {
    platform.bean(Tenants.class).create(Samples.tenant());
  }

  @Test
  void anImportGoesOnPartByPart() {
    begin(rows(280));
    assertThat(progress().status()).isEqualTo(ImportProgress.Status.RUNNING);
    assertThat(progress().rows()).isEqualTo(280);

    assertThat(work()).isEqualTo(1);
    assertThat(progress().rowsDone()).isEqualTo(250);
    assertThat(work()).isEqualTo(1);
    assertThat(work()).isZero();

    var ended = progress();
    assertThat(ended.status()).isEqualTo(ImportProgress.Status.DONE);
    assertThat(ended.rowsDone()).isEqualTo(280);
    assertThat(ended.leads()).isEqualTo(280);
    assertThat(ended.fresh()).isEqualTo(280);
    assertThat(ended.endedAt()).isNotNull();
    assertThat(platform.aws().calls("StartExecution")).hasSize(280);
  }

  @Test
  void beginningAndWorkingTwiceChangesNothing() {
    begin(rows(3));
    begin(rows(3));
    work();
    work();

    assertThat(progress().leads()).isEqualTo(3);
    assertThat(progress().rowsDone()).isEqualTo(3);
  }

  @Test
  void aRowFurtherDownIsADuplicateAcrossParts() {
    var rows = new ArrayList<>(rows(250));
    rows.add(new Row(500, rows.getFirst().fields()));
    begin(rows);
    work();
    work();

    assertThat(progress().setAside()).containsExactly(Map.entry("row.duplicate", 1));
  }

  @Test
  void aRowFurtherDownIsADuplicateAcrossTheImportsOfAFile() {
    var row = rows(1).getFirst();
    bring("import-1", "file-1", row);
    bring("import-2", "file-1", new Row(9, row.fields()));
    bring("import-3", "file-2", new Row(9, row.fields()));

    assertThat(progress("import-1").leads()).isEqualTo(1);
    assertThat(progress("import-2").setAside()).containsExactly(Map.entry("row.duplicate", 1));
    assertThat(progress("import-3").leads()).isEqualTo(1);
    assertThat(progress("import-3").fresh()).isZero();
  }

  @Test
  void anImportThatIsForgottenAndMadeAnewFindsTheSame() {
    var rows = List.of(rows(1).getFirst(), new Row(9, rows(1).getFirst().fields()));
    bring("import-1", "file-1", rows.toArray(Row[]::new));
    platform.clock().advance(Duration.ofDays(100));
    // The table forgot the first one; this one stands for it.
    bring("import-2", "file-1", rows.toArray(Row[]::new));

    assertThat(fates("import-2")).isEqualTo(fates("import-1"));
    assertThat(progress("import-1").fresh()).isEqualTo(1);
    assertThat(progress("import-2").fresh()).isZero();
  }

  @Test
  void whatBecameOfEachRowIsKept() {
    var rows = new ArrayList<>(rows(2));
    rows.add(new Row(7, rows.getFirst().fields()));
    rows.add(new Row(8, Map.of("PERMIT #", "", "PRIMARY CONTACT", "Alderway Homes")));
    begin(rows);
    assertThat(platform.bean(ImportJobs.class).fates(Samples.TENANT, "import-1", 1)).isEmpty();
    work();

    var fates = fates("import-1");
    assertThat(fates)
        .extracting(RowFate::line, RowFate::fate, RowFate::reason)
        .containsExactly(
            tuple(1L, Fate.LEAD, "permit.fire-alarm"),
            tuple(2L, Fate.LEAD, "permit.fire-alarm"),
            tuple(7L, Fate.SET_ASIDE, "row.duplicate"),
            tuple(8L, Fate.SET_ASIDE, "row.no-number"));
    assertThat(fates.getFirst().leadId()).startsWith("lead-");
    assertThat(fates.getLast().detail()).isEqualTo("the row has no permit number");
  }

  @Test
  void aPartThatDiesAnywhereTellsTheSameAfterwards() {
    var rows = new ArrayList<>(rows(3));
    rows.add(new Row(7, rows.getFirst().fields()));
    Crashes.on(platform)
        // A turn that was taken and not used is lost.
        .forgiving("turns")
        .everywhere(
            () -> {
              aTenant();
              begin(rows);
            },
            () -> {
              platform.bean(ImportPart.class).run(Samples.TENANT, "import-1", 1);
              return List.of(progress(), fates("import-1"));
            });
  }

  @Test
  void anImportThatCannotBeUnderstoodSaysWhy() {
    begin(List.of(new Row(1, Map.of("COLOUR", "red"))));
    work();

    assertThat(progress().status()).isEqualTo(ImportProgress.Status.FAILED);
    assertThat(progress().problem()).contains("No column holds a permit number").contains("COLOUR");
  }

  @Test
  void aRowTooLargeForAnItemIsRefusedAtOnce() {
    var huge = new Row(7, Map.of("PERMIT #", "x".repeat(60_000)));

    assertThatThrownBy(() -> begin(List.of(huge)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 7");
  }

  private static List<Row> rows(int count) {
    var rows = new ArrayList<Row>();
    for (var i = 1; i <= count; i++) {
      rows.add(new Row(i, Rows.relevant(i, "FA-" + i, "Builders No " + i + " LLC").fields()));
    }
    return rows;
  }

  private void begin(List<Row> rows) {
    platform
        .bean(BeginImport.class)
        .run(Samples.TENANT, "import-1", Samples.CAMPAIGN, "austin", null, rows);
  }

  /** Takes some rows of a file in. */
  private void bring(String id, String run, Row... rows) {
    platform
        .bean(BeginImport.class)
        .run(Samples.TENANT, id, Samples.CAMPAIGN, "austin", run, List.of(rows));
    work();
  }

  private ImportProgress progress() {
    return progress("import-1");
  }

  private ImportProgress progress(String id) {
    var jobs = platform.bean(ImportJobs.class);
    return ImportProgress.of(jobs.get(Samples.TENANT, id), jobs.done(Samples.TENANT, id));
  }

  private List<RowFate> fates(String id) {
    return platform.bean(ImportJobs.class).fates(Samples.TENANT, id, 1).orElseThrow();
  }

  /** Works on what was queued since the last time; tells how much that was. */
  private int work() {
    var queued = platform.aws().calls("SendMessage");
    var fresh = queued.subList(read, queued.size());
    read = queued.size();
    for (var message : fresh) {
      var event = Events.read("sourcing/import-part--first").<ObjectNode>deepCopy();
      ((ObjectNode) event.at("/Records/0")).put("body", message.path("MessageBody").asText());
      assertThat(Events.send(new ImportPartHandler(), event).path("batchItemFailures")).isEmpty();
    }
    return fresh.size();
  }
}
