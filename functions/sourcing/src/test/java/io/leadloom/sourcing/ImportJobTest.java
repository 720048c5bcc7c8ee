package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.ImportJobs;
import io.leadloom.platform.ImportJobs.Row;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
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
    begin(rows(130));
    assertThat(progress().status()).isEqualTo(ImportProgress.Status.RUNNING);
    assertThat(progress().rows()).isEqualTo(130);

    assertThat(work()).isEqualTo(1);
    assertThat(progress().rowsDone()).isEqualTo(100);
    assertThat(work()).isEqualTo(1);
    assertThat(work()).isZero();

    var ended = progress();
    assertThat(ended.status()).isEqualTo(ImportProgress.Status.DONE);
    assertThat(ended.rowsDone()).isEqualTo(130);
    assertThat(ended.leads()).isEqualTo(130);
    assertThat(ended.endedAt()).isNotNull();
    assertThat(platform.aws().calls("StartExecution")).hasSize(130);
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
    var rows = new ArrayList<>(rows(100));
    rows.add(new Row(500, rows.getFirst().fields()));
    begin(rows);
    work();
    work();

    assertThat(progress().setAside()).containsExactly(Map.entry("row.duplicate", 1));
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
        .run(Samples.TENANT, "import-1", Samples.CAMPAIGN, "austin", rows);
  }

  private ImportProgress progress() {
    var jobs = platform.bean(ImportJobs.class);
    return ImportProgress.of(
        jobs.get(Samples.TENANT, "import-1"), jobs.done(Samples.TENANT, "import-1"));
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
