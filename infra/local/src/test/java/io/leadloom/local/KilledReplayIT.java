package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded executions that wait for somebody come out as recorded, although the process was killed
 * while they waited.
 */
@Tag("conformance")
final class KilledReplayIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> CONCERNS = Set.of("callback", "timeouts");
  private static final Set<String> STEPS = Set.of("create", "createAndRecord", "match");

  @TempDir Path folder;

  private record Waiting(String id, JsonNode recorded, String execution) {}

  @Test
  void whatWaitedGoesOnAsIfNothingHadBeen() throws IOException {
    var recordings = ConformanceIT.recordings();
    Assumptions.assumeTrue(recordings.isPresent(), "No recordings are at hand");
    List<Path> files = new ArrayList<>();
    List<Waiting> waiting = new ArrayList<>();
    for (var file : ConformanceIT.files(recordings.get())) {
      if (CONCERNS.contains(recordings.get().relativize(file).getName(0).toString())
          && suits(scenario(file))) {
        files.add(file);
      }
    }
    assertThat(files).hasSizeGreaterThan(8);
    try (var host = new ReplayHost(folder, 1, files)) {
      for (int i = 0; i < files.size(); i++) {
        waiting.add(start(host.wire(i), scenario(files.get(i))));
      }
      for (int i = 0; i < files.size(); i++) {
        awaitTask(host.wire(i), waiting.get(i));
      }
    }
    try (var host = new ReplayHost(folder, StackClock.AS_FAST_AS_POSSIBLE, files)) {
      for (int i = 0; i < files.size(); i++) {
        var verdict = judge(host.wire(i), waiting.get(i));
        assertThat(verdict.level())
            .as("%s: %s", waiting.get(i).id, verdict.reason())
            .isGreaterThanOrEqualTo(3);
      }
    }
  }

  private static JsonNode scenario(Path file) throws IOException {
    return Json.MAPPER.readTree(file.toFile());
  }

  private static boolean suits(JsonNode scenario) {
    for (var step : scenario.path("steps")) {
      if (!STEPS.contains(step.path("op").asText())) {
        return false;
      }
    }
    return true;
  }

  private static Waiting start(AwsWire wire, JsonNode scenario) {
    var names = new RecordedWorld(StackClock.real(), scenario);
    var machine = "";
    for (var step : scenario.path("steps")) {
      if (!step.has("definition")) {
        continue;
      }
      var definition =
          names
              .filled(step.path("definition").toString())
              .replace("${previousStateMachineArn}", machine);
      var create =
          Json.object()
              .put("name", "machine-" + machine.length())
              .put("definition", definition)
              .put("roleArn", "arn:aws:iam::111111111111:role/sample-role");
      var previous = machine;
      machine = wire.states("CreateStateMachine", create).path("stateMachineArn").asText();
      if (step.path("op").asText().equals("createAndRecord")) {
        var input =
            names
                .filled(step.path("input").asText())
                .replace("${previousStateMachineArn}", previous);
        var start = Json.object().put("stateMachineArn", machine).put("input", input);
        return new Waiting(
            scenario.path("id").asText(),
            scenario.path("recorded").path(step.path("as").asText()),
            wire.states("StartExecution", start).path("executionArn").asText());
      }
    }
    throw new IllegalStateException("Nothing to record in " + scenario.path("id"));
  }

  private static void awaitTask(AwsWire wire, Waiting waiting) {
    await(
        wire,
        waiting,
        history -> {
          for (var event : history.path("events")) {
            if (event.path("type").asText().matches("TaskSubmitted|TaskStarted|Execution\\w+ed")
                && event.path("id").intValue() > 1) {
              return true;
            }
          }
          return false;
        });
  }

  private static HistoryLikeness.Verdict judge(AwsWire wire, Waiting waiting) {
    var history =
        await(
            wire,
            waiting,
            h -> {
              var events = h.path("events");
              return events.get(events.size() - 1).path("type").asText().matches("Execution\\w+")
                  && events.size() > 1;
            });
    return new HistoryLikeness(waiting.recorded, history, false).judge();
  }

  private interface Condition {
    boolean holds(JsonNode history);
  }

  private static JsonNode await(AwsWire wire, Waiting waiting, Condition condition) {
    var request = Json.object().put("executionArn", waiting.execution);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var history = wire.states("GetExecutionHistory", request);
      if (condition.holds(history)) {
        return history;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(waiting.id + " got no further than " + history);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
