package io.leadloom.cli;

import io.leadloom.bench.Bench;
import io.leadloom.bench.Neighbours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = {
      "Measures the state machine engine and prints a table: light steps one after another, many",
      "executions at once, a thousand lives of leads, and the way over the AWS API. A step is a",
      "state that was entered; each is stored before anything follows from it. Takes some seconds;",
      "leave the machine alone meanwhile."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "in which folder the files are while it is measured (default: the system's temporary one)")
  private @Nullable Path data;

  @Option(
      names = "--neighbours",
      description = {
        "measures, instead, on a whole stack what tenants notice of one that brings twenty times",
        "their load and an import on top; takes some minutes"
      })
  private boolean neighbours;

  @Override
  public Integer call() throws IOException {
    var folder =
        data == null
            ? Files.createTempDirectory("leadloom-bench")
            : Files.createTempDirectory(Files.createDirectories(data), "leadloom-bench");
    var out = spec.commandLine().getOut();
    try {
      if (neighbours) {
        NeighboursBench.on(folder, product -> new Neighbours(product, out).run());
      } else {
        var lifecycle = Home.folder().resolve("statemachines/lead-lifecycle.asl.json");
        new Bench(lifecycle, folder, out).run();
      }
      return 0;
    } finally {
      Folders.delete(folder);
    }
  }
}
