package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.model.LeadId;
import io.leadloom.model.PermitRow.Fate;
import io.leadloom.model.Stage;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Tenants;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows on their way in. */
class ImportRowsTest {

  @RegisterExtension final Platform platform = new Platform();

  @BeforeEach
  void addTenant() {
    platform.bean(Tenants.class).create(Samples.tenant());
  }

  @Test
  void firstRowOfACompanyRaisesItsLeadAndLaterOnesJoin() {
    var results =
        run(
            "run-1",
            Rows.relevant(2, "FA-1", "Brightwater Builders, LLC"),
            Rows.relevant(3, "FA-2", "BRIGHTWATER BUILDERS L.L.C."),
            Rows.relevant(4, "FA-3", "Alderway Homes"));
    assertThat(results)
        .extracting(RowResult::fate)
        .containsExactly(Fate.LEAD, Fate.JOINED, Fate.LEAD);
    assertThat(results.get(1).leadId()).isEqualTo(results.get(0).leadId());
    assertThat(leads().signals(Samples.TENANT, lead(results.getFirst()))).hasSize(2);
  }

  @Test
  void aRaisedLeadStartsItsLifeUnderItsOwnName() {
    var result = run("run-1", Rows.relevant(2, "FA-1", "Brightwater Builders")).getFirst();
    assertThat(platform.aws().calls("StartExecution"))
        .singleElement()
        .satisfies(call -> {
          assertThat(call.path("name").asText()).isEqualTo(result.leadId());
          assertThat(call.path("stateMachineArn").asText()).endsWith("lead-lifecycle");
          assertThat(Json.tree(call.path("input").asText().getBytes()))
              .isEqualTo(
                  Json.mapper()
                      .valueToTree(
                          Map.of(
                              "tenantId",
                              "acme",
                              "leadId",
                              Objects.requireNonNull(result.leadId()),
                              "beginAt",
                              platform.clock().instant().toString())));
        });
  }

  @Test
  void manyLeadsBeginOneAfterTheOther() {
    run(
        "run-1",
        Rows.relevant(2, "FA-1", "Brightwater Builders"),
        Rows.relevant(3, "FA-2", "Alderway Homes"));
    run("run-2", Rows.relevant(2, "FA-3", "Copperfield Works"));

    var gap = platform.bean(Settings.class).betweenLeads();
    var now = platform.clock().instant();
    assertThat(platform.aws().calls("StartExecution"))
        .extracting(call -> Json.tree(call.path("input").asText().getBytes()))
        .extracting(input -> Instant.parse(input.path("beginAt").asText()))
        .containsExactlyInAnyOrder(now, now.plus(gap), now.plus(gap.multipliedBy(2)));
  }

  @Test
  void theSameRowsAgainGiveTheSameAnswersAndChangeNothing() {
    var rows =
        new SourceRow[] {
          Rows.relevant(2, "FA-1", "Brightwater Builders"),
          Rows.relevant(3, "FA-2", "Brightwater Builders"),
          Rows.at(4, Rows.relevant(2, "FA-1", "Brightwater Builders")),
          Rows.relevant(5, "FA-3", "OWNER OF RECORD"),
          Rows.relevant(6, "", "Alderway Homes"),
          Rows.at(7, Rows.relevant(6, "", "Alderway Homes"))
        };
    var first = run("run-1", rows);
    assertThat(first)
        .extracting(RowResult::reason)
        .containsExactly(
            "permit.fire-alarm",
            "permit.fire-alarm",
            "row.duplicate",
            "company.not-named",
            "row.no-number",
            "row.duplicate");
    assertThat(first)
        .extracting(RowResult::fresh)
        .containsExactly(true, true, false, true, true, false);
    assertThat(run("run-1", rows)).isEqualTo(stale(first));
    assertThat(run("run-2", rows)).isEqualTo(stale(first));
    assertThat(run("run-1", rows)).isEqualTo(stale(first));
  }

  @Test
  void aCrashAnywhereChangesNothing() {
    Crashes.on(platform)
        // A turn that was taken and not used is lost.
        .forgiving("turns")
        .everywhere(
            this::addTenant,
            () ->
                // What was new before the crash is no longer new after it.
                stale(
                    run(
                        "run-1",
                        Rows.relevant(2, "FA-1", "Brightwater Builders"),
                        Rows.relevant(3, "FA-2", "Brightwater Builders"),
                        Rows.at(4, Rows.relevant(2, "FA-1", "Brightwater Builders")),
                        Rows.relevant(5, "FA-3", "OWNER OF RECORD"),
                        Rows.relevant(6, "FA-4", "Alderway Homes"))));
  }

  @Test
  void aCrashWhileRowsAreBroughtAgainChangesNothing() {
    var row = Rows.relevant(2, "FA-1", "Brightwater Builders");
    Crashes.on(platform)
        // A turn that was taken and not used is lost.
        .forgiving("turns")
        .everywhere(
            () -> {
              addTenant();
              run("run-1", row);
            },
            () -> run("run-2", Rows.at(9, row)));
  }

  @Test
  void duplicatesAreFoundOverSeveralCallsOfARun() {
    var row = Rows.relevant(2, "FA-1", "Brightwater Builders");
    assertThat(run("run-1", row).getFirst().fate()).isEqualTo(Fate.LEAD);
    assertThat(run("run-1", Rows.at(700, row)).getFirst().reason()).isEqualTo("row.duplicate");
    assertThat(run("run-2", row).getFirst().fate()).isEqualTo(Fate.LEAD);
    assertThat(run("run-2", Rows.at(701, row)).getFirst().reason()).isEqualTo("row.duplicate");
  }

  @Test
  void anImportThatWasCutShortGoesOnWithTheSameAccount() {
    var rows =
        LongStream.range(2, 60)
            .mapToObj(n -> Rows.relevant(n, "FA-" + n % 42, "Firm " + (char) ('A' + n % 7)))
            .toList();
    importer().run(Samples.TENANT, "austin", "run-1", rows.subList(0, 20));
    platform.aws().fail("StartExecution", "ServiceUnavailable");
    assertThatThrownBy(() -> importer().run(Samples.TENANT, "austin", "run-1", rows))
        .isInstanceOf(TransientException.class);
    platform.aws().recover("StartExecution");
    var after = importer().run(Samples.TENANT, "austin", "run-1", rows);

    assertThat(after.stream().filter(r -> r.fate() == Fate.LEAD).map(RowResult::line))
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(after.stream().filter(r -> r.fate() == Fate.JOINED)).hasSize(35);
    assertThat(after.stream().filter(r -> r.reason().equals("row.duplicate"))).hasSize(16);
    assertThat(importer().run(Samples.TENANT, "austin", "run-2", rows)).isEqualTo(stale(after));
  }

  @Test
  void aStartThatWasLostIsMadeUpWhileTheLeadIsNew() {
    var row = Rows.relevant(2, "FA-1", "Brightwater Builders");
    var result = run("run-1", row).getFirst();
    run("run-1", row);
    assertThat(platform.aws().calls("StartExecution")).hasSize(2);
    leads()
        .change(
            Samples.TENANT,
            lead(result),
            lead -> lead.at(Stage.ENRICHED, null, platform.clock().instant()));
    run("run-2", row);
    assertThat(platform.aws().calls("StartExecution")).hasSize(2);
  }

  @Test
  void aChangedRowJoinsItsLeadAsANewerSignal() {
    var row = Rows.relevant(2, "FA-1", "Brightwater Builders");
    var raised = run("run-1", row).getFirst();
    var changed = run("run-2", Rows.with(row, "STATUS", "Inspection Scheduled")).getFirst();
    assertThat(changed.fate()).isEqualTo(Fate.JOINED);
    assertThat(changed.leadId()).isEqualTo(raised.leadId());
    assertThat(leads().signals(Samples.TENANT, lead(raised)))
        .extracting(signal -> signal.permit().status())
        .containsExactlyInAnyOrder("issued", "inspection scheduled");
  }

  @Test
  void whatNoStoreTakesDoesNoHarm() {
    var row = Rows.relevant(2, "FA-1", "Brightwater Builders");
    row = Rows.with(row, "DECLARED VALUATION", "9".repeat(60));
    row = Rows.with(row, "AREA (SF)", "0." + "1".repeat(60));
    row = Rows.with(row, "PROJECT NAME", "\ud800" + "alarm ".repeat(100_000));
    assertThat(run("run-1", row, Rows.relevant(3, "FA-2", "\udc00 Alderway Homes")))
        .extracting(RowResult::fate)
        .containsExactly(Fate.LEAD, Fate.LEAD);
  }

  @Test
  void theSourcesNameMakesNoDifferenceToTheLead() {
    var row = Rows.relevant(2, "FA-1", "Brightwater Builders");
    var first = importer().run(Samples.TENANT, "file", "run-1", List.of(row)).getFirst();
    var second = importer().run(Samples.TENANT, "portal", "run-2", List.of(row)).getFirst();
    assertThat(second.fate()).isEqualTo(Fate.JOINED);
    assertThat(second.leadId()).isEqualTo(first.leadId());
  }

  @Test
  void withoutANumberColumnTheErrorNamesWhatWasFoundAndWhatIsUnderstood() {
    assertThatThrownBy(() -> run("run-1", Rows.row(2, Map.of("Colour", "red"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Columns found: Colour")
        .hasMessageContaining("permit number");
  }

  @Test
  void anUnknownTenantIsNotFound() {
    assertThatThrownBy(() -> importer().run(Samples.OTHER_TENANT, "austin", "run-1", List.of()))
        .isInstanceOf(NotFoundException.class);
  }

  private List<RowResult> run(String run, SourceRow... rows) {
    return importer().run(Samples.TENANT, "austin", run, List.of(rows));
  }

  private static List<RowResult> stale(List<RowResult> results) {
    return results.stream()
        .map(r -> new RowResult(r.line(), r.fate(), r.reason(), r.detail(), r.leadId(), false))
        .toList();
  }

  private ImportRows importer() {
    return platform.bean(ImportRows.class);
  }

  private Leads leads() {
    return platform.bean(Leads.class);
  }

  private static LeadId lead(RowResult result) {
    return LeadId.of(Objects.requireNonNull(result.leadId()));
  }
}
