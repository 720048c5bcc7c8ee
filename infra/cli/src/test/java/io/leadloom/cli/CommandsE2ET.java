package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.model.Plan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The commands as people type them, each in a process of its own. */
class CommandsE2ET {

  /** A stack for all that does not stop it. */
  private static UpStack shared;

  @TempDir private static Path sharedFolder;

  @TempDir private Path folder;

  @BeforeAll
  static void startSharedStack() throws Exception {
    shared = UpStack.start(sharedFolder, sharedFolder.resolve("data"));
  }

  @AfterAll
  static void stopSharedStack() throws Exception {
    shared.close();
  }

  private Path recentPermits(int rows) throws Exception {
    return SamplePermits.file(folder, "permits.csv", SamplePermits.recentLines(rows));
  }

  private String importTo(UpStack stack, Path file, String tenant) throws Exception {
    return Command.run(
        folder,
        "import",
        file.toString(),
        "--tenant",
        tenant,
        "--source",
        "permits",
        "--port",
        stack.port());
  }

  @Test
  void aStackIsUpWhenItSaysSoInOneLine() throws Exception {
    assertThat(shared.command().output().lines().filter(line -> line.contains("is up")))
        .singleElement()
        .asString()
        .contains(shared.api().toString(), shared.aws().toString(), sharedFolder.toString());
    assertThat(shared.browse().get("/health").statusCode()).isEqualTo(200);
    assertThat(shared.browse().page("/")).contains("Leadloom");
  }

  @Test
  void importedRowsBecomeLeadsAndBadRowsAreReportedByLineAndReason() throws Exception {
    var lines = new ArrayList<>(SamplePermits.recentLines(30));
    lines.set(4, lines.get(4).replaceFirst("^[^,]*", ""));
    lines.set(6, "CB-1,\"a quote that never ends");
    var file = SamplePermits.file(folder, "permits.csv", lines);

    var first = importTo(shared, file, "imports");

    assertThat(first)
        .contains("Made the tenant imports", "30 rows: ")
        .contains("line 5: row.no-number")
        .containsPattern("line \\d+: row\\.malformed");
    UpStack.await("a draft waits", () -> !shared.browse().pending("imports").isEmpty());
    assertThat(shared.browse().page("/leads?tenant=imports")).contains("/leads/lead-");
  }

  @Test
  void aSecondImportChangesNothing() throws Exception {
    var file = recentPermits(25);
    var first = importTo(shared, file, "twice");
    var executions = executions(shared.aws());

    var second = importTo(shared, file, "twice");

    assertThat(first).containsPattern("25 rows: .*; 2\\d of them new");
    assertThat(second).contains("25 rows: ", "; 0 of them new");
    assertThat(executions(shared.aws())).isEqualTo(executions);
  }

  @Test
  void eachTenantHasLeadsOfItsOwnFromTheSameRecords() throws Exception {
    var file = recentPermits(5);
    var before = executions(shared.aws());
    importTo(shared, file, "one");
    var one = executions(shared.aws());
    importTo(shared, file, "two");
    var both = executions(shared.aws());
    assertThat(one.size()).isGreaterThan(before.size());
    assertThat(both.size() - one.size()).isEqualTo(one.size() - before.size());
  }

  @Test
  void theAuditOfARunningStackIsSealedAndCheckedByAnybody() throws Exception {
    importTo(shared, recentPermits(5), "audited");
    UpStack.await(
        "all is sealed",
        () -> audit("verify", "audited").matches("(?s)[1-9].* seals, 0 not sealed yet; all is.*"));
    var head = audit("head", "audited").strip();

    var export = folder.resolve("audit.jsonl");
    Files.writeString(export, audit("export", "audited"));
    assertThat(Command.run(folder, "audit", "verify", "--file", export.toString(), "--head", head))
        .contains("all is as it was written");

    Files.writeString(
        export, Files.readString(export).replaceFirst("tenant\\.added", "tenant.found"));
    var verdict = Command.start(folder, "audit", "verify", "--file", export.toString()).finish(1);
    assertThat(verdict).contains("ENTRY_CHANGED", "findings: 1").doesNotContain("at io.leadloom");
  }

  @Test
  void aTenantIsTakenOutCopiedAndRemoved() throws Exception {
    var data = sharedFolder.resolve("data").toString();
    importTo(shared, recentPermits(5), "moved");
    UpStack.await("a draft waits", () -> !shared.browse().pending("moved").isEmpty());
    var file = folder.resolve("moved.jsonl").toString();

    assertThat(Command.run(folder, "tenant", "export", "moved", file, "--data", data))
        .containsPattern("Wrote \\d+ items");
    assertThat(Command.run(folder, "tenant", "import", file, "--as", "there", "--data", data))
        .containsPattern("Brought \\d+ items of the tenant there, 0 were there; [1-9]");
    assertThat(shared.browse().page("/leads?tenant=there")).contains("/leads/lead-");

    assertThat(Command.run(folder, "tenant", "purge", "there", "--yes", "--data", data))
        .containsPattern("Removed \\d+ items");
    assertThat(Command.start(folder, "token", "--tenant", "there", "--data", data).finish(1))
        .contains("there is no tenant there");
  }

  @Test
  void theOperatorChangesWhatATenantSubscribedTo() throws Exception {
    var data = sharedFolder.resolve("data").toString();
    Command.run(folder, "tenant", "add", "growing", "--data", data);
    assertThat(
            Command.run(
                folder,
                "tenant",
                "change",
                "growing",
                "--plan",
                "velocity",
                "--status",
                "PAST_DUE",
                "--credits",
                "5",
                "--data",
                data))
        .contains(
            "has the plan velocity, is past due, and has %,d credits left"
                .formatted(Plan.of("velocity").monthlyLeads() + 5));
    assertThat(Command.start(folder, "tenant", "change", "nobody", "--data", data).finish(1))
        .contains("there is no tenant nobody");
  }

  private String audit(String command, String tenant) throws Exception {
    return Command.run(folder, "audit", command, "--tenant", tenant, "--port", shared.port());
  }

  @Test
  void mistakesAreToldInASentence() throws Exception {
    var file = recentPermits(1).toString();
    var other = folder.resolve("other").toString();
    assertThat(importFails(file, "--port", "1")).contains("no stack listens on port 1");
    assertThat(importFails(file, "--data", other)).contains("no stack works on " + other);
    assertThat(importFails(file, "--port", shared.port(), "--data", other))
        .contains("works on " + sharedFolder);
    assertThat(importFails(folder.resolve("nothing.csv").toString(), "--port", shared.port()))
        .contains("nothing.csv");
    assertThat(importFails(file, "--port", shared.port(), "--pack", "candles")).contains("candles");
    assertThat(upFails("--data", other, "--port", shared.port()))
        .contains("port " + shared.port() + " is taken");
    assertThat(upFails("--data", sharedFolder.resolve("data").toString(), "--port", "0"))
        .contains("another leadloom works on");
  }

  private String importFails(String file, String... more) throws Exception {
    var arguments = new ArrayList<>(List.of("import", file, "--tenant", "lost", "--source", "x"));
    arguments.addAll(List.of(more));
    return inASentence(Command.start(folder, arguments.toArray(String[]::new)).finish(1));
  }

  private String upFails(String... more) throws Exception {
    var arguments = new ArrayList<>(List.of("up"));
    arguments.addAll(List.of(more));
    return inASentence(Command.start(folder, arguments.toArray(String[]::new)).finish(1));
  }

  private static String inASentence(String output) {
    assertThat(output).startsWith("leadloom: ").doesNotContain("should not have happened");
    return output;
  }

  @Test
  void anyAwsClientSeesTheExecutions() throws Exception {
    var before = executions(shared.aws());
    importTo(shared, recentPermits(10), "seen");
    var started = executions(shared.aws());
    started.removeAll(before);
    assertThat(started).isNotEmpty();
    for (var lead : started) {
      assertThat(shared.browse().page("/leads/" + lead + "?tenant=seen")).contains("story");
    }
  }

  @Test
  void aStoppedStackKeepsItsDataAndAnotherRunsBesideIt() throws Exception {
    var data = folder.resolve("data");
    String port;
    Set<String> executions;
    try (var stack = UpStack.start(folder, data)) {
      port = stack.port();
      assertThat(stack.api()).isNotEqualTo(shared.api());
      importTo(stack, recentPermits(5), "kept");
      executions = executions(stack.aws());
      assertThat(executions).isNotEmpty().doesNotContainAnyElementsOf(executions(shared.aws()));
      assertThat(stack.command().terminate()).isIn(0, 143);
    }
    try (var stack = UpStack.start(folder, data, "--port", port)) {
      assertThat(executions(stack.aws())).isEqualTo(executions);
      assertThat(stack.browse().page("/leads?tenant=kept")).contains("/leads/lead-");
    }
  }

  @Test
  void aDraftThatWaitsOutlivesAKillAndIsSentOnceWhenItIsApproved() throws Exception {
    var data = folder.resolve("data");
    String port;
    Set<String> links;
    try (var stack = UpStack.start(folder, data)) {
      port = stack.port();
      importTo(stack, recentPermits(12), "killed");
      UpStack.await("a draft waits", () -> !stack.browse().pending("killed").isEmpty());
      UpStack.await("its approver has the link", () -> !mailedLinks(stack).isEmpty());
      links = mailedLinks(stack);
      stack.command().kill();
    }
    try (var stack = UpStack.start(folder, data, "--port", port)) {
      var link = links.iterator().next();
      assertThat(stack.browse().approve(link)).isEqualTo(200);
      assertThat(stack.browse().page(link)).contains("approved");
      stack.command().kill();
    }
    // The moment to send may be days away, behind a weekend.
    try (var stack = UpStack.start(folder, data, "--port", port, "--speed", "50000")) {
      UpStack.await("it is sent", () -> sent(data) == 1);
      assertThat(stack.command().terminate()).isIn(0, 143);
    }
    assertThat(sent(data)).isEqualTo(1);
    assertThat(Journal.read(data).duplicateEffects()).isZero();
  }

  /** The links in the letters that the approver got. */
  private static Set<String> mailedLinks(UpStack stack) throws Exception {
    var letters = stack.simulators().page("_messages?recipient=killed@approvers.leadloom.example");
    var links = new HashSet<String>();
    var link = Pattern.compile("http://[^/\\s]+(/approvals/[^\\s\"\\\\]+)");
    link.matcher(letters).results().forEach(match -> links.add(match.group(1)));
    return links;
  }

  /** Messages to prospects that left so far. */
  private static long sent(Path data) {
    return Journal.read(data).lines().stream()
        .filter(line -> line.lead() != null && String.valueOf(line.effect()).startsWith("message:"))
        .count();
  }

  @Test
  void aDemoThatAsksComesToTheSameEndAsOneThatDoesNot() throws Exception {
    var permits = SamplePermits.file(folder, "few.csv", SamplePermits.lines(25)).toString();
    var auto = folder.resolve("auto.json");
    Command.run(folder, "demo", "--source", permits, "--json", auto.toString());

    var ask = folder.resolve("ask.json");
    var demo =
        Command.start(
            folder, "demo", "--source", permits, "--approve", "ask", "--json", ask.toString());
    UpStack.await("the demo says where its console is", () -> demo.output().contains("Console "));
    var site = URI.create(demo.output().replaceFirst("(?s).*Console (\\S+), AWS.*", "$1"));
    var browser = new Browsing(site);
    UpStack.await(
        "the demo ends",
        () -> {
          if (demo.output().contains("drafts wait for you") && demo.process().isAlive()) {
            approveAll(browser, demo);
          }
          return !demo.process().isAlive();
        });

    assertThat(demo.process().exitValue()).as(demo.output()).isZero();
    assertThat(Command.funnel(ask)).isEqualTo(Command.funnel(auto));
    assertThat(Files.readString(ask)).contains("\"lostLeads\":0");
  }

  private static void approveAll(Browsing browser, Command demo) throws Exception {
    try {
      for (var link : browser.pending("demo")) {
        assertThat(browser.approve(link)).isEqualTo(200);
      }
    } catch (IOException e) {
      // With the last decision the demo ends, and its pages with it.
      UpStack.await("the demo ends", () -> !demo.process().isAlive());
    }
  }

  private static Set<String> executions(URI aws) {
    try (var states =
        SfnClient.builder()
            .endpointOverride(aws)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build()) {
      var names = new HashSet<String>();
      states
          .listExecutionsPaginator(b ->
              b.stateMachineArn(
                  "arn:aws:states:us-east-1:000000000000:stateMachine:leadloom-lead-lifecycle"))
          .executions()
          .forEach(execution -> names.add(execution.name()));
      return names;
    }
  }
}
