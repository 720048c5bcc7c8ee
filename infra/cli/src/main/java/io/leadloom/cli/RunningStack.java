package io.leadloom.cli;

import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the stack that works on a folder is reached; it leaves this there as {@code stack.json}.
 *
 * @param variables what the template tells its functions
 */
record RunningStack(URI api, URI aws, Map<String, String> variables) {

  private static final String FILE = "stack.json";

  void announce(Path data) throws IOException {
    Files.write(data.resolve(FILE), Json.bytes(this));
  }

  /** The stack that works on a folder, or did so last. */
  static Optional<RunningStack> last(Path data) {
    try {
      return Optional.of(Json.read(Files.readAllBytes(data.resolve(FILE)), RunningStack.class));
    } catch (IOException | InvalidInputException e) {
      // Nothing ever ran there, or it was killed while it wrote this.
      return Optional.empty();
    }
  }

  /** The stack of a folder; its port must be the one asked for, if one is. */
  static RunningStack find(Path data, @Nullable Integer port) {
    var stack =
        last(data)
            .orElseThrow(() ->
                new CommandFailure(
                    "no stack works on "
                        + data
                        + "; start it with ./leadloom up, or name its folder with --data"));
    if (port != null && port != stack.api().getPort()) {
      throw new CommandFailure(
          "the stack that works on "
              + data
              + " listens on port "
              + stack.api().getPort()
              + ", not "
              + port
              + "; name its folder with --data");
    }
    return stack;
  }
}
