package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A city's own export as it is: windows-1252, duplicates, blanks. It lies beside the checkout, for
 * it is not ours to pass on.
 */
class RealPermitsE2ET {

  private static final int ROWS = 3170;

  @TempDir private Path folder;

  @Test
  void everyRowIsAccountedForInTheSameWayHoweverItComes() throws Exception {
    var export =
        Command.home().resolveSibling("shared").resolve("data/san-antonio-permits-2023-01-16.csv");
    assumeTrue(Files.exists(export), () -> "there is no " + export);
    // All at once: most of the time each waits for the other parts of itself.
    var file = start(export, "file");
    var ckan = start(export, "ckan");
    var socrata = start(export, "socrata");
    file.finish(0);
    var funnel = Command.funnel(json("file"));
    var leads = funnel.path("leads").asInt();
    assertThat(leadsOnTheirWay(ckan)).isEqualTo(leads);
    assertThat(leadsOnTheirWay(socrata)).isEqualTo(leads);
    start(export, "file").finish(0);
    assertThat(Command.funnel(json("file"))).as("a second run adds none").isEqualTo(funnel);

    var setAside = 0;
    for (var reason : funnel.path("setAside")) {
      setAside += reason.asInt();
    }
    assertThat(funnel.path("rows").asInt()).isEqualTo(ROWS);
    assertThat(leads + funnel.path("joined").asInt() + setAside).isEqualTo(ROWS);
    assertThat(leads).isPositive();
    assertThat(funnel.path("lostLeads").asInt()).isZero();
    assertThat(funnel.path("duplicateSends").asInt()).isZero();
  }

  private Command start(Path export, String via) throws Exception {
    return Command.start(
        folder,
        "demo",
        "--source",
        export.toString(),
        "--pack",
        "roofing",
        "--via",
        via,
        "--data",
        folder.resolve(via).toString(),
        "--json",
        json(via).toString());
  }

  /** How many leads a portal's rows gave; what becomes of them is for the smaller tests to see. */
  private static int leadsOnTheirWay(Command demo) throws Exception {
    var progress = Pattern.compile("leads +\\[[#-]+] [\\d,]+/([\\d,]+) ");
    try {
      UpStack.await(
          "its rows are in",
          () -> progress.matcher(demo.output()).find() || !demo.process().isAlive());
      var shown = progress.matcher(demo.output());
      assertThat(shown.find()).as(demo.output()).isTrue();
      return Integer.parseInt(shown.group(1).replace(",", ""));
    } finally {
      demo.kill();
    }
  }

  private Path json(String via) {
    return folder.resolve(via + ".json");
  }
}
