package io.leadloom.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;

/** A script to run to its end. */
final class Script {

  private final ProcessBuilder process;

  private Script(ProcessBuilder process) {
    this.process = process;
  }

  static Script run(String... command) {
    return new Script(new ProcessBuilder(command));
  }

  Script with(Map<String, String> environment) {
    process.environment().putAll(environment);
    return this;
  }

  /** Runs it; what it said is in the error where it fails. */
  void orFail() {
    try {
      // To a file: a server that the script leaves behind would keep a pipe open.
      var output = Files.createTempFile("script", ".log");
      var status =
          process
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start()
              .waitFor();
      if (status != 0) {
        throw new AssertionError(
            process.command()
                + " ended with "
                + status
                + ":\n"
                + Files.readString(output, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(process.command() + " was interrupted", e);
    }
  }
}
