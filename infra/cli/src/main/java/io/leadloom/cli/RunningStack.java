package io.leadloom.cli;

import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Json;
import io.leadloom.platform.Wiring;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Address of the stack's own identity provider. */
  URI issuer() {
    var issuer = variables.get("TOKEN_ISSUER");
    if (issuer == null) {
      throw new CommandFailure("the stack at " + api + " is of an older version; start it anew");
    }
    return URI.create(issuer);
  }

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

  /** Wires this process to the stack that {@link #find} tells. */
  static RunningStack connect(@Nullable Path data, @Nullable Integer port) {
    var stack = find(data, port);
    Wiring.start(stack.variables(), Clock.systemUTC());
    return stack;
  }

  /**
   * The stack that is up on a port, a folder, or both.
   *
   * @param data null for the folder of whatever stack listens on the port, or for the usual one
   * @param port null for the port of the stack that works on the folder
   */
  static RunningStack find(@Nullable Path data, @Nullable Integer port) {
    if (port == null) {
      var folder = data == null ? Home.data() : data;
      var stack = last(folder);
      if (stack.flatMap(known -> folderBehind(known.api())).filter(folder::equals).isEmpty()) {
        throw new CommandFailure(
            "no stack works on "
                + folder
                + "; start it with ./leadloom up, or name its port with --port");
      }
      return stack.orElseThrow();
    }
    var api = URI.create("http://localhost:" + port);
    var folder =
        folderBehind(api)
            .orElseThrow(() ->
                new CommandFailure(
                    "no stack listens on port "
                        + port
                        + "; start it with ./leadloom up --port "
                        + port));
    if (data != null && !data.equals(folder)) {
      throw new CommandFailure(
          "the stack on port " + port + " works on " + folder + ", not on " + data);
    }
    return last(folder)
        .orElseThrow(() ->
            new CommandFailure(
                "the stack on port " + port + " works on " + folder + ", which lacks " + FILE));
  }

  /** The folder that the stack at an address says it works on, if there is one. */
  private static Optional<Path> folderBehind(URI api) {
    var request = HttpRequest.newBuilder(api.resolve("/health")).timeout(PATIENCE).build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return Optional.of(Json.tree(answer.body()).path("data").asText(""))
          .filter(folder -> !folder.isEmpty())
          .map(Path::of);
    } catch (IOException | InvalidInputException e) {
      // Nobody listens there, or something else does.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; nothing was done", e);
    }
  }
}
