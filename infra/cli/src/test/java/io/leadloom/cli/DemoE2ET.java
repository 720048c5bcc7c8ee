package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole demos: sample permits to booked meetings, whatever happens to the process. */
class DemoE2ET {

  private static final int KILLS = 20;

  /** Enough of the sample for every kind of row and prospect to occur in the shorter runs. */
  private static final int FEW = 60;

  /** A demo of the few that nothing happened to, with which the others are compared. */
  @TempDir private static Path usual;

  private static String few;
  private static Duration usualTime;

  @TempDir private Path folder;

  @BeforeAll
  static void runAsUsual() throws Exception {
    few = SamplePermits.file(usual, "few.csv", SamplePermits.lines(FEW)).toString();
    var started = System.nanoTime();
    Command.run(
        usual,
        "demo",
        "--source",
        few,
        "--data",
        usual.resolve("data").toString(),
        "--json",
        usual.resolve("usual.json").toString());
    usualTime = Duration.ofNanos(System.nanoTime() - started);
  }

  private static ObjectNode usualFunnel() throws IOException {
    return Command.funnel(usual.resolve("usual.json"));
  }

  @Test
  void everyRowIsAccountedForAndEveryLeadComesToAnEnd() throws Exception {
    var json = folder.resolve("funnel.json");
    Command.run(folder, "demo", "--json", json.toString());
    var funnel = Command.funnel(json);
    var setAside = 0;
    for (var reason : funnel.path("setAside")) {
      setAside += reason.asInt();
    }
    assertThat(funnel.path("rows").asInt())
        .isEqualTo(funnel.path("leads").asInt() + funnel.path("joined").asInt() + setAside);
    assertThat(funnel.path("leads").asInt()).isGreaterThan(150);
    assertThat(funnel.path("enriched").asInt())
        .isPositive()
        .isLessThan(funnel.path("leads").asInt());
    assertThat(funnel.path("qualified").asInt())
        .isPositive()
        .isLessThanOrEqualTo(funnel.path("enriched").asInt());
    assertThat(funnel.path("sent").asInt())
        .isPositive()
        .isLessThanOrEqualTo(funnel.path("approved").asInt());
    assertThat(funnel.path("replied").asInt()).isPositive().isLessThan(funnel.path("sent").asInt());
    assertThat(funnel.path("booked").asInt())
        .isPositive()
        .isLessThanOrEqualTo(funnel.path("replied").asInt());
    assertThat(funnel.path("suppressed").asInt()).isPositive();
    assertThat(funnel.path("failed").asInt()).isZero();
    assertThat(funnel.path("duplicateSends").asInt()).isZero();
    assertThat(funnel.path("lostLeads").asInt()).isZero();
    assertThat(funnel.path("costPer1000LeadsUsd").asDouble()).isPositive();
  }

  @Test
  void theSpeedDoesNotChangeTheFunnel() throws Exception {
    var slower = folder.resolve("slower.json");
    Command.run(folder, "demo", "--source", few, "--speed", "100000", "--json", slower.toString());
    assertThat(Command.funnel(slower)).isEqualTo(usualFunnel());
  }

  @Test
  void killedAtTwentyMomentsItComesToTheSameEnd() throws Exception {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var data = folder.resolve("data").toString();
    var json = folder.resolve("killed.json");
    for (var kill = 1; kill <= KILLS; kill++) {
      var demo =
          Command.start(folder, "demo", "--source", few, "--data", data, "--json", json.toString());
      // Short lives, so that twenty of them fall into one run; the start itself is a fair target
      // too.
      demo.process()
          .waitFor(500 + random.nextLong(usualTime.toMillis() / 3), TimeUnit.MILLISECONDS);
      demo.kill();
    }
    Command.run(folder, "demo", "--source", few, "--data", data, "--json", json.toString());

    assertThat(Command.funnel(json)).as("seed %d", seed).isEqualTo(usualFunnel());
    var journal = Journal.read(folder.resolve("data"));
    assertThat(journal.duplicateEffects()).as("seed %d", seed).isZero();
    assertThat(
            journal.lines().stream()
                .filter(l -> l.effect() != null && l.effect().startsWith("booking:"))
                .count())
        .isEqualTo(usualFunnel().path("booked").asInt());
  }

  @Test
  void aTenantOnSesComesToTheSameEnd() throws Exception {
    var ses = folder.resolve("ses.json");
    Command.run(folder, "demo", "--source", few, "--mail", "ses", "--json", ses.toString());
    var funnel = Command.funnel(ses);
    assertThat(withoutCost(funnel)).isEqualTo(withoutCost(usualFunnel()));
    assertThat(funnel.path("ended").toString()).contains("bounce");
  }

  /** The providers have prices of their own. */
  private static ObjectNode withoutCost(ObjectNode funnel) {
    funnel.remove("costPer1000LeadsUsd");
    return funnel;
  }

  @Test
  void aPortalGivesTheSameLeadsAsTheFile() throws Exception {
    var file = folder.resolve("file.json");
    Command.run(folder, "demo", "--source", few, "--pack", "roofing", "--json", file.toString());
    for (var via : new String[] {"ckan", "socrata"}) {
      var portal = folder.resolve(via + ".json");
      Command.run(
          folder,
          "demo",
          "--source",
          few,
          "--pack",
          "roofing",
          "--via",
          via,
          "--json",
          portal.toString());
      assertThat(Command.funnel(portal).path("leads"))
          .as(via)
          .isEqualTo(Command.funnel(file).path("leads"));
      assertThat(Command.funnel(portal).path("booked"))
          .as(via)
          .isEqualTo(Command.funnel(file).path("booked"));
    }
  }

  @Test
  void aFinishedRunStartedAgainAddsNothing() throws Exception {
    var data = usual.resolve("data");
    var again = folder.resolve("again.json");
    var effects = effects(data);
    Command.run(
        folder, "demo", "--source", few, "--data", data.toString(), "--json", again.toString());
    assertThat(Command.funnel(again)).isEqualTo(usualFunnel());
    assertThat(effects(data)).isEqualTo(effects).isPositive();
    assertThat(Files.readString(again)).contains("duplicateSends");
  }

  private static long effects(Path data) throws IOException {
    return Journal.read(data).lines().stream().filter(l -> l.effect() != null).count();
  }
}
