package io.leadloom.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import io.leadloom.states.StatesOptions;
import io.leadloom.states.StatesService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * A process with an engine and a world for each of some scenarios, to be killed. What its worlds
 * were sent stands in files beside the engines', as a queue would keep it.
 */
final class ReplayHost implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-11-20T22:58:00Z");

  private final Process process;
  private final List<AwsWire> wires = new ArrayList<>();

  /**
   * Starts a process, or the next one for the same folder.
   *
   * @param speed of the time, by {@link StackClock}
   */
  ReplayHost(Path folder, double speed, List<Path> scenarios) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ReplayHost.class.getName());
    command.add(folder.toString());
    command.add(Double.toString(speed));
    scenarios.forEach(scenario -> command.add(scenario.toString()));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = process.inputReader(StandardCharsets.UTF_8);
    while (wires.size() < scenarios.size()) {
      var line = Objects.requireNonNull(output.readLine(), "The process did not start");
      if (line.startsWith("URL ")) {
        wires.add(new AwsWire(URI.create(line.substring(4))));
      }
    }
  }

  AwsWire wire(int scenario) {
    return wires.get(scenario);
  }

  /** Kills the process. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    var folder = Path.of(arguments[0]);
    var speed = Double.parseDouble(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      var name = String.valueOf(i);
      host(folder.resolve(name), speed, Json.MAPPER.readTree(Path.of(arguments[i]).toFile()));
    }
    Thread.currentThread().join();
  }

  private static void host(Path file, double speed, JsonNode scenario) throws IOException {
    var messages = Path.of(file + ".messages");
    var clock = StackClock.startingAt(StatesService.lastInstant(file).orElse(START), speed);
    // No time passes before those who answer have heard again what they were asked.
    try (var hold = clock.hold()) {
      var world = new RecordedWorld(clock, scenario, message -> note(messages, message));
      var states =
          new WiredStates(file, clock, world, new StatesOptions("us-east-1", "111111111111", 0));
      world.attach(states.wire());
      if (Files.exists(messages)) {
        Files.readAllLines(messages).forEach(message -> world.act(Json.parse(message)));
      }
      System.out.println("URL " + states.wire().url());
    }
  }

  private static void note(Path file, JsonNode message) {
    try {
      Files.writeString(file, message + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
