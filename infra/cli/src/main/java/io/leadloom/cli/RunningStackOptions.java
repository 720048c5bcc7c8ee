package io.leadloom.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running stack a command talks to. */
final class RunningStackOptions {

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port of the running stack (default: the one that works on --data)")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of the running stack, where --port does not tell (default: .leadloom)")
  private @Nullable Path data;

  /** Wires this process to that stack. */
  RunningStack connect() {
    return RunningStack.connect(data == null ? null : data.toAbsolutePath().normalize(), port);
  }
}
