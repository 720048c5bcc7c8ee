package io.leadloom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the bench measures what it says; how fast that is, a busy machine cannot tell. */
final class BenchIT {

  @TempDir Path folder;

  @Test
  void everyRowIsMeasured() {
    var text = new StringWriter();
    var lifecycle = Path.of("../../statemachines/lead-lifecycle.asl.json");
    new Bench(lifecycle, folder, new PrintWriter(text), new Scale(2, 5)).run();
    assertThat(text.toString().lines().skip(3))
        .satisfiesExactly(
            row -> assertThat(row).containsPattern("10 light steps, one .* 2 +20 "),
            row -> assertThat(row).containsPattern("40 light steps, one .* 2 +80 "),
            row -> assertThat(row).containsPattern("10 light steps, many .* 5 +50 "),
            row -> assertThat(row).containsPattern("lives of leads, many .* 5 +1\\d\\d "),
            row -> assertThat(row).containsPattern("40 Pass states .* 2 +80 "));
  }
}
