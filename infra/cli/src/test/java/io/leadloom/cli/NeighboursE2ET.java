package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.bench.Neighbours;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the bench of neighbours measures what it says; how fast that is, a busy machine cannot tell.
 */
final class NeighboursE2ET {

  private static final String NUMBERS = "( +[\\d.]+){3} \\|( +[\\d.]+){3} \\|( +[\\d.]+){3}";

  @TempDir Path folder;

  @BeforeAll
  static void nameTheCheckout() {
    System.setProperty("leadloom.home", Command.home().toString());
  }

  @Test
  void everyRowIsMeasuredAndNoQuietTenantIsRefused() {
    var text = new StringWriter();
    NeighboursBench.on(folder, product -> Neighbours.small(product, new PrintWriter(text)).run());
    assertThat(text.toString().lines().skip(4))
        .satisfiesExactly(
            row -> assertThat(row).matches("POST a lead +\\|" + NUMBERS),
            row -> assertThat(row).matches("GET the list of leads +\\|" + NUMBERS),
            row -> assertThat(row).matches("GET a lead +\\|" + NUMBERS),
            row -> assertThat(row).matches("a lead's draft waits .*\\|" + NUMBERS),
            row -> assertThat(row).isEmpty(),
            row -> assertThat(row).matches("before .* 0 failed; 5 leads.* 0 not in time.*"),
            row -> assertThat(row).matches("noise .* 0 failed; 5 leads.* 0 not in time.*"),
            row -> assertThat(row).matches("import .* 0 failed; 5 leads.* 0 not in time.*"));
  }
}
