package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Demos in which the services throttle, fail, lose answers, duplicate and reorder come to the end
 * that they come to without.
 *
 * <p>The build takes a few rows of the sample, and throttles the table less than all else: the SDK
 * waits a real second after that. {@code -Dleadloom.soak=FILE} takes a file of permits, and 10 %.
 */
class FaultsE2ET {

  private static final String FAULTS =
      "dynamodb:fail=0.02,dynamodb:lose=0.03,"
          + "sqs:throttle=0.1,sqs:fail=0.05,sqs:duplicate=0.1,sqs:reorder=0.1,"
          + "lambda:throttle=0.1,lambda:fail=0.03,lambda:lose=0.02,lambda:delay=0.05,"
          + "lambda:duplicate=0.05,lambda:reorder=0.05,"
          + "states:throttle=0.1,states:fail=0.05,secretsmanager:throttle=0.1,"
          + "events:throttle=0.1,events:duplicate=0.1";

  private static final int FEW = 20;

  @TempDir private Path folder;

  @Test
  void faultsOfTheServicesDoNotChangeTheFunnel() throws Exception {
    var soak = System.getProperty("leadloom.soak");
    var source = soak == null ? few() : soak;
    var throttle = soak == null ? 0.02 : 0.1;
    var seed = Long.getLong("leadloom.seed", 1);
    var without = run("without", source, "");
    var with = run("with", source, FAULTS + ",dynamodb:throttle=" + throttle + ",seed=" + seed);
    assertThat(Command.funnel(with)).as("seed %d", seed).isEqualTo(Command.funnel(without));
  }

  private String few() throws IOException {
    var sample = Command.home().resolve("infra/cli/src/main/resources/samples/permits.csv");
    var lines = Files.readAllLines(sample).subList(0, FEW);
    return Files.write(folder.resolve("few.csv"), lines).toString();
  }

  private Path run(String name, String source, String faults) throws Exception {
    var json = folder.resolve(name + ".json");
    var demo =
        Command.start(
            folder, "demo", "--source", source, "--faults", faults, "--json", json.toString());
    if (!demo.process().waitFor(2, TimeUnit.HOURS)) {
      demo.kill();
    }
    assertThat(demo.process().exitValue()).as(demo.output()).isZero();
    return json;
  }
}
