package io.leadloom.sourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import io.leadloom.model.Stage;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.Fault;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import io.leadloom.states.StatesOptions;
import io.leadloom.states.StatesService;
import io.leadloom.states.TaskFailedException;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables at simulated portals, page by page. */
class ScanSourceTest {

  private static final int ROWS = 1_105;
  private static final String ROLE = "arn:aws:iam::000000000000:role/source-scan";

  @RegisterExtension final Platform platform = new Platform();

  @TempDir Path folder;
  private StackClock clock;
  private Simulators simulators;

  @BeforeEach
  void startSimulators() {
    clock = StackClock.startingAt(TestClock.START, StackClock.AS_FAST_AS_POSSIBLE);
    simulators =
        Simulators.start(
            new SimulatorOptions(folder, 0, clock, 7, URI.create("http://127.0.0.1:9")));
    platform.providersAt(simulators.baseUrl());
    for (var kind : List.of("file", "ckan", "socrata")) {
      platform.bean(Tenants.class).create(tenant(kind, "fire-safety"));
    }
  }

  @AfterEach
  void stopSimulators() {
    simulators.close();
    clock.close();
  }

  @ParameterizedTest
  @EnumSource
  void aPortalGivesTheSameLeadsAsTheFileAndASecondReadingNone(SourceUrl.Kind kind)
      throws IOException {
    var file = export(ROWS);
    var fromFile = importFile(file);
    var url = serve(kind, file);

    var pages = new ArrayList<ScanSource.Result>();
    var first = scan(kind, url, "scan-1", pages);
    assertThat(pages).hasSize(2);
    assertThat(first).isEqualTo(fromFile).containsEntry("rows", ROWS).containsKey("row.duplicate");
    assertThat(leads(tenant(kind))).isEqualTo(leads(TenantId.of("file"))).isNotEmpty();

    var again = scan(kind, url, "scan-2", pages);
    assertThat(again).containsEntry("fresh", 0);
    assertThat(leads(tenant(kind))).isEqualTo(leads(TenantId.of("file")));
  }

  @ParameterizedTest
  @EnumSource
  void aReadingThatBreaksOffGoesOnAndCountsTheSame(SourceUrl.Kind kind) throws IOException {
    var file = export(ROWS);
    var fromFile = importFile(file);
    var url = serve(kind, file);
    var first = page(kind, url, "scan-1", null);
    fault(kind, 503);
    assertThatThrownBy(() -> page(kind, url, "scan-1", first.cursor()))
        .isInstanceOf(TransientException.class);
    // The page is in, but the machine did not hear of it.
    page(kind, url, "scan-1", first.cursor());
    var sums = new TreeMap<String, Integer>();
    add(sums, first);
    for (var cursor = first.cursor(); ; ) {
      var page = page(kind, url, "scan-1", cursor);
      add(sums, page);
      if (page.last()) {
        break;
      }
      cursor = page.cursor();
    }
    sums.remove("fresh");
    fromFile.remove("fresh");
    assertThat(sums).isEqualTo(fromFile);
  }

  @ParameterizedTest
  @EnumSource
  void aCrashAnywhereChangesNothing(SourceUrl.Kind kind) throws IOException {
    var url = serve(kind, export(12));
    Crashes.on(platform)
        // A turn that was taken and not used is lost.
        .forgiving("turns")
        .everywhere(
            () -> {
              platform.providersAt(simulators.baseUrl());
              platform.bean(Tenants.class).create(tenant(tenant(kind).value(), "fire-safety"));
            },
            // How many rows were new is another matter after a crash.
            () -> page(kind, url, "scan-1", null).cursor());
  }

  @ParameterizedTest
  @EnumSource
  void anotherExecutionGoesOnWhereTheLastOneStopped(SourceUrl.Kind kind) throws IOException {
    var url = serve(kind, export(ROWS));
    page(kind, url, "scan-1", null);
    var pages = new ArrayList<ScanSource.Result>();
    assertThat(scan(kind, url, "scan-2", pages)).containsEntry("rows", ROWS - 1_000);
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatGrewBringsOnlyWhatIsNew(SourceUrl.Kind kind) throws IOException {
    var url = serve(kind, export(1_050));
    scan(kind, url, "scan-1", new ArrayList<>());
    assertThat(serve(kind, export(1_060))).isEqualTo(url);
    assertThat(scan(kind, url, "scan-2", new ArrayList<>()).getOrDefault("fresh", 0))
        .isBetween(1, 10);
  }

  @Test
  void aTableReplacedByAShorterOneIsReadFromTheStart() throws IOException {
    var url = serve(SourceUrl.Kind.CKAN, export(1_050));
    scan(SourceUrl.Kind.CKAN, url, "scan-1", new ArrayList<>());
    serve(SourceUrl.Kind.CKAN, export(1_020));
    assertThat(scan(SourceUrl.Kind.CKAN, url, "scan-2", new ArrayList<>()))
        .containsEntry("rows", 1_020)
        .containsEntry("fresh", 0);
  }

  @Test
  void aTableThatIsNotThereIsTheCallersMistake() throws IOException {
    var url =
        serve(SourceUrl.Kind.SOCRATA, export(5)).replaceAll("[0-9a-f]{4}\\.json", "0000.json");
    assertThatThrownBy(() -> page(SourceUrl.Kind.SOCRATA, url, "scan-1", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("404");
  }

  @Test
  void hostsOfPrivateNetworksAreRefusedWhereThirdPartiesAreReal() {
    platform.setting("PROVIDER_OVERRIDE_URL", "");
    assertThatThrownBy(() ->
            page(
                SourceUrl.Kind.SOCRATA,
                "http://127.0.0.1:1/resource/abcd-1234.json",
                "scan-1",
                null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not a public one");
  }

  @Test
  void theStepSaysWhetherMoreFollows() throws IOException {
    var request = (ObjectNode) Events.read("sourcing/scan-source--first-page").deepCopy();
    request.put("tenantId", "socrata").put("url", serve(SourceUrl.Kind.SOCRATA, export(1_001)));
    var first = Events.send(new ScanSourceHandler(), request);
    assertThat(first.path("outcome").asText()).isEqualTo("MORE");
    request.set("cursor", first.path("cursor"));
    var second = Events.send(new ScanSourceHandler(), request);
    assertThat(second.path("outcome").asText()).isEqualTo("DONE");
    assertThat(second.path("rows").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void theMachineReadsAllPagesAndAddsUp(SourceUrl.Kind kind) throws IOException {
    var file = export(ROWS);
    var fromFile = importFile(file);
    var url = serve(kind, file);
    fault(kind, 503);
    try (var states = StatesService.open(null, clock, this::invoke, StatesOptions.defaults())) {
      states.start();
      var definition =
          Files.readString(Path.of("../../statemachines/source-scan.asl.json"))
              .replace("${ScanSourceFunctionAlias}", "scan-source");
      var machine =
          states.call(
              "CreateStateMachine",
              json(Map.of("name", "source-scan", "definition", definition, "roleArn", ROLE)));
      var input = Map.of("tenantId", tenant(kind).value(), "source", "austin", "url", url);
      var execution =
          states.call(
              "StartExecution",
              json(
                  Map.of(
                      "stateMachineArn", machine.path("stateMachineArn").asText(),
                      "name", "scan-1",
                      "input", Json.write(input))));
      var output = output(states, execution.path("executionArn").asText());
      var sums = new TreeMap<String, Integer>();
      output.path("setAside").properties().forEach(e -> sums.put(e.getKey(), e.getValue().asInt()));
      List.of("rows", "leads", "joined", "fresh")
          .forEach(name -> sums.put(name, output.path(name).asInt()));
      assertThat(sums).isEqualTo(fromFile);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRealExportGivesTheSameLeadsFromAPortal(SourceUrl.Kind kind) {
    var file = RealExportTest.export();
    Assumptions.assumeTrue(file.isPresent(), "There is no real export beside the project");
    var fromFile = importFile(file.orElseThrow());
    var fromPortal = scan(kind, serve(kind, file.orElseThrow()), "scan-1", new ArrayList<>());
    assertThat(fromPortal).isEqualTo(fromFile).containsEntry("rows", 3_170);
    assertThat(leads(tenant(kind))).isEqualTo(leads(TenantId.of("file"))).isNotEmpty();
  }

  private JsonNode invoke(String resource, JsonNode arguments) throws TaskFailedException {
    try {
      var payload = Events.send(new ScanSourceHandler(), arguments.path("Payload"));
      return json(Map.of("Payload", payload));
    } catch (Fault fault) {
      throw new TaskFailedException(fault.getClass().getName(), fault.getMessage());
    }
  }

  private static JsonNode output(StatesService states, String execution) {
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      var found = states.call("DescribeExecution", json(Map.of("executionArn", execution)));
      if (!found.path("status").asText().equals("RUNNING")) {
        assertThat(found.path("status").asText()).as(found.toString()).isEqualTo("SUCCEEDED");
        return Json.tree(found.path("output").asText().getBytes(StandardCharsets.UTF_8));
      }
      assertThat(System.nanoTime()).as("the execution ends in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static JsonNode json(Map<String, ?> value) {
    return Json.mapper().valueToTree(value);
  }

  private Map<String, Integer> importFile(Path path) {
    var file = PermitFile.open(path);
    try (var rows = file.rows()) {
      var readable = rows.map(row -> ((FileRow.Readable) row).row()).toList();
      var results =
          platform
              .bean(ImportRows.class)
              .run(TenantId.of("file"), "austin", file.contentHash(), readable);
      var sums = new TreeMap<String, Integer>();
      add(sums, ScanSource.Result.of(true, "", results));
      return sums;
    }
  }

  private Map<String, Integer> scan(
      SourceUrl.Kind kind, String url, String run, List<ScanSource.Result> pages) {
    var sums = new TreeMap<String, Integer>();
    String cursor = null;
    while (true) {
      var page = page(kind, url, run, cursor);
      pages.add(page);
      add(sums, page);
      if (page.last()) {
        return sums;
      }
      cursor = page.cursor();
    }
  }

  private ScanSource.Result page(
      SourceUrl.Kind kind, String url, String run, @Nullable String cursor) {
    return platform.bean(ScanSource.class).run(tenant(kind), "austin", url, run, cursor);
  }

  private static void add(Map<String, Integer> sums, ScanSource.Result page) {
    sums.merge("rows", page.rows(), Integer::sum);
    sums.merge("leads", page.leads(), Integer::sum);
    sums.merge("joined", page.joined(), Integer::sum);
    sums.merge("fresh", page.fresh(), Integer::sum);
    page.setAside().forEach((reason, count) -> sums.merge(reason, count, Integer::sum));
  }

  /** The companies that became leads, by what they are known by: ids are each tenant's own. */
  private List<String> leads(TenantId tenant) {
    return platform.bean(Leads.class).inStage(tenant, Stage.NEW, 10_000).stream()
        .map(lead -> lead.campaign() + " " + lead.company().key())
        .sorted()
        .toList();
  }

  private String serve(SourceUrl.Kind kind, Path file) {
    return switch (kind) {
      case CKAN -> simulators.ckan(file).toString();
      case SOCRATA -> simulators.socrata(file).toString();
    };
  }

  /** A messy export: duplicates, blanks, curly quotes, changed versions of one permit. */
  private Path export(int rows) throws IOException {
    var text =
        new StringBuilder(
            "PERMIT TYPE,PERMIT #,PROJECT NAME,ADDRESS,DATE ISSUED,AREA (SF),PRIMARY CONTACT\n");
    for (var n = 0; n < rows; n++) {
      var number = n % 50 == 49 ? n - 9 : n;
      text.append(
          switch (number % 5) {
            case 0 ->
                "Fire Alarm Permit,FA-%d,\"Alarm, office\",\"%d Alder Way, City of Austin, TX 78701\",2026-02-20,1200,Val’s Building Co %d\n"
                    .formatted(number, number, number % 30);
            case 1 -> "Garage Sale,GS-%d,,,2026-02-20,,OWNER OF RECORD\n".formatted(number);
            case 2 ->
                "Plumbing Irrigation Permit,PI-%d,Sprinkler heads,\"1 Firefly Ln\",2026-02-20,,Alderway Lawn\n"
                    .formatted(number);
            case 3 -> ",,,,,,\n";
            default ->
                "Fire Sprinkler Permit,FS-%d,New system,12 Elm St,2/21/2026,\"1,000\",Brightwater Builders\n"
                    .formatted(number);
          });
    }
    return Files.write(
        folder.resolve("permits.csv"), text.toString().getBytes(Charset.forName("windows-1252")));
  }

  private void fault(SourceUrl.Kind kind, int status) throws IOException {
    var fault =
        Json.write(Map.of("provider", kind.name().toLowerCase(Locale.ROOT), "status", status));
    try (var client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(URI.create(simulators.baseUrl() + "/_faults"))
              .POST(HttpRequest.BodyPublishers.ofString(fault))
              .build(),
          BodyHandlers.discarding());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TenantId tenant(SourceUrl.Kind kind) {
    return TenantId.of(kind.name().toLowerCase(Locale.ROOT));
  }

  static Tenant tenant(String id, String pack) {
    var sample = Samples.tenant();
    return new Tenant(
        TenantId.of(id),
        sample.name(),
        pack,
        sample.mode(),
        sample.autoApproveAt(),
        sample.approvers(),
        sample.sender(),
        sample.subscription(),
        sample.dailyLimit(),
        0);
  }
}
