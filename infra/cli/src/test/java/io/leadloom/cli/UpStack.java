package io.leadloom.cli;

import io.leadloom.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The command {@code up} at work on a folder. */
final class UpStack implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("Leadloom is up: console (http://\\S+), AWS (http://\\S+), data .*");

  /** For machines four times slower than ours. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Command command;
  private final Path data;
  private final URI api;
  private final URI aws;

  private UpStack(Command command, Path data, URI api, URI aws) {
    this.command = command;
    this.data = data;
    this.api = api;
    this.aws = aws;
  }

  /** Starts it on free ports, or those given, and waits for the line that says it is ready. */
  static UpStack start(Path folder, Path data, String... more) throws Exception {
    var arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
    if (!List.of(more).contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    if (!List.of(more).contains("--aws-port")) {
      arguments.addAll(List.of("--aws-port", "0"));
    }
    arguments.addAll(List.of(more));
    var command = Command.start(folder, arguments.toArray(String[]::new));
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && command.process().isAlive()) {
      var ready = READY.matcher(command.output());
      if (ready.find()) {
        return new UpStack(command, data, URI.create(ready.group(1)), URI.create(ready.group(2)));
      }
      LockSupport.parkNanos(20_000_000);
    }
    command.kill();
    throw new AssertionError("up did not come up: " + command.output());
  }

  URI api() {
    return api;
  }

  URI aws() {
    return aws;
  }

  String port() {
    return Integer.toString(api.getPort());
  }

  Command command() {
    return command;
  }

  Browsing browse() {
    return new Browsing(api);
  }

  /** Where the simulators of the third parties listen. */
  Browsing simulators() throws IOException {
    var known = Json.tree(Files.readAllBytes(data.resolve("stack.json")));
    return new Browsing(
        URI.create(known.path("variables").path("PROVIDER_OVERRIDE_URL").asText() + "/"));
  }

  /** Waits until it is so. */
  static void await(String what, Condition condition) throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still not so: " + what);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Something that is looked at again and again. */
  interface Condition {
    boolean holds() throws Exception;
  }

  @Override
  public void close() throws Exception {
    if (command.process().isAlive()) {
      command.kill();
    }
  }
}
