package io.leadloom.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The leadloom command in a process of its own, as the launcher starts it. */
final class Command {

  private final Process process;
  private final Path output;

  private Command(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Command start(Path folder, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dleadloom.home=" + home());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.leadloom.cli.Main");
    command.addAll(List.of(arguments));
    var output = Files.createTempFile(folder, "output", ".txt");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    return new Command(process, output);
  }

  /** Runs to the end; the exit code must be 0. */
  static String run(Path folder, String... arguments) throws IOException, InterruptedException {
    return start(folder, arguments).finish(0);
  }

  /** Waits for the end, which must come with this exit code; gives what it said. */
  String finish(int exit) throws IOException, InterruptedException {
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      kill();
      throw new AssertionError("did not end in ten minutes: " + output());
    }
    if (process.exitValue() != exit) {
      throw new AssertionError("exit " + process.exitValue() + ": " + output());
    }
    return output();
  }

  /** What a demo's --json says, without what may differ between two runs of the same input. */
  static ObjectNode funnel(Path json) throws IOException {
    var funnel = (ObjectNode) Json.tree(Files.readAllBytes(json));
    funnel.remove("seconds");
    funnel.remove("steps");
    funnel.remove("faults");
    return funnel;
  }

  Process process() {
    return process;
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** Ends it as Ctrl-C and a service manager do; gives the exit code. */
  int terminate() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      kill();
      throw new AssertionError("did not stop within a minute: " + output());
    }
    return process.exitValue();
  }

  /** Kills it as {@code kill -9} does, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  static Path home() {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("template.yaml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("There is no template.yaml above the working folder");
  }
}
