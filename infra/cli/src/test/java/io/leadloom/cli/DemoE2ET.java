package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole demos: sample permits to booked meetings, whatever happens to the process. */
class DemoE2ET {

  private static final int KILLS = 20;

  /** Enough of the sample for every kind of row and prospect to occur in the shorter runs. */
  private static final int FEW = 60;

  @TempDir private Path folder;

  private String few() throws IOException {
    var sample = Command.home().resolve("infra/cli/src/main/resources/samples/permits.csv");
    var lines = Files.readAllLines(sample).subList(0, FEW);
    return Files.write(folder.resolve("few.csv"), lines).toString();
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
    var fast = folder.resolve("fast.json");
    var slower = folder.resolve("slower.json");
    Command.run(folder, "demo", "--source", few(), "--json", fast.toString());
    Command.run(
        folder, "demo", "--source", few(), "--speed", "100000", "--json", slower.toString());
    assertThat(Command.funnel(slower)).isEqualTo(Command.funnel(fast));
  }

  @Test
  void killedAtTwentyMomentsItComesToTheSameEnd() throws Exception {
    var unbroken = folder.resolve("unbroken.json");
    var started = System.nanoTime();
    Command.run(folder, "demo", "--source", few(), "--json", unbroken.toString());
    var whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);

    var seed = System.nanoTime();
    var random = new Random(seed);
    var data = folder.resolve("data").toString();
    var json = folder.resolve("killed.json");
    for (var kill = 1; kill <= KILLS; kill++) {
      var demo =
          Command.start(
              folder, "demo", "--source", few(), "--data", data, "--json", json.toString());
      // Short lives, so that twenty of them fall into one run; the start itself is a fair target
      // too.
      demo.process().waitFor(500 + random.nextLong(whole / 3), TimeUnit.MILLISECONDS);
      demo.kill();
    }
    Command.run(folder, "demo", "--source", few(), "--data", data, "--json", json.toString());

    assertThat(Command.funnel(json)).as("seed %d", seed).isEqualTo(Command.funnel(unbroken));
    var journal = Journal.read(folder.resolve("data"));
    assertThat(journal.duplicateEffects()).as("seed %d", seed).isZero();
    assertThat(
            journal.lines().stream()
                .filter(l -> l.effect() != null && l.effect().startsWith("booking:"))
                .count())
        .isEqualTo(Command.funnel(unbroken).path("booked").asInt());
  }

  @Test
  void aTenantOnSesComesToTheSameEnd() throws Exception {
    var resend = folder.resolve("resend.json");
    var ses = folder.resolve("ses.json");
    Command.run(folder, "demo", "--source", few(), "--json", resend.toString());
    Command.run(folder, "demo", "--source", few(), "--mail", "ses", "--json", ses.toString());
    assertThat(withoutCost(ses)).isEqualTo(withoutCost(resend));
    assertThat(withoutCost(ses).path("ended").toString()).contains("bounce");
  }

  /** The providers have prices of their own. */
  private static ObjectNode withoutCost(Path json) throws IOException {
    var funnel = Command.funnel(json);
    funnel.remove("costPer1000LeadsUsd");
    return funnel;
  }

  @Test
  void aPortalGivesTheSameLeadsAsTheFile() throws Exception {
    var file = folder.resolve("file.json");
    Command.run(folder, "demo", "--source", few(), "--pack", "roofing", "--json", file.toString());
    for (var via : new String[] {"ckan", "socrata"}) {
      var portal = folder.resolve(via + ".json");
      Command.run(
          folder,
          "demo",
          "--source",
          few(),
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
    var data = folder.resolve("data");
    var first = folder.resolve("first.json");
    var second = folder.resolve("second.json");
    Command.run(
        folder, "demo", "--source", few(), "--data", data.toString(), "--json", first.toString());
    var effects = Journal.read(data).lines().stream().filter(l -> l.effect() != null).count();
    Command.run(
        folder, "demo", "--source", few(), "--data", data.toString(), "--json", second.toString());
    assertThat(Command.funnel(second)).isEqualTo(Command.funnel(first));
    assertThat(Journal.read(data).lines().stream().filter(l -> l.effect() != null).count())
        .isEqualTo(effects);
    assertThat(Files.readString(second)).contains("duplicateSends");
  }
}
