package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import io.leadloom.states.StatesOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Does what a recorded scenario did, over the wire, and compares the answers. */
final class Replay implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-11-20T22:58:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ROLE = "arn:aws:iam::111111111111:role/sample-role";

  private final JsonNode scenario;
  private final StackClock clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
  private final RecordedWorld world;
  private final WiredStates states;
  private final List<String> started = new ArrayList<>();
  private final List<HistoryLikeness.Verdict> verdicts = new ArrayList<>();
  private String machineArn = "";
  private String previousMachineArn = "";
  private String activityArn = "";
  private boolean anyOrder;

  Replay(JsonNode scenario) {
    this.scenario = scenario;
    this.world = new RecordedWorld(clock, scenario);
    this.states =
        new WiredStates(null, clock, world, new StatesOptions("us-east-1", "111111111111", 0));
    world.attach(states.wire());
  }

  @Override
  public void close() {
    states.close();
    clock.close();
  }

  /** The lowest level that any document of the scenario reaches. */
  HistoryLikeness.Verdict run() {
    // What the scenario does is work: the time stands still between its steps.
    try (var hold = clock.hold()) {
      activityArn =
          call("CreateActivity", Json.object().put("name", "sample")).path("activityArn").asText();
    }
    world.workOn(activityArn);
    for (var step : scenario.path("steps")) {
      step(step);
    }
    compareStarted();
    return verdicts.stream()
        .min(Comparator.comparingInt(HistoryLikeness.Verdict::level))
        .orElseGet(() -> new HistoryLikeness.Verdict(0, "nothing was compared"));
  }

  private JsonNode call(String action, JsonNode request) {
    return states.wire().states(action, request);
  }

  private String filled(String text) {
    return world
        .filled(text)
        .replace("${activityArn}", activityArn)
        .replace("${previousStateMachineArn}", previousMachineArn);
  }

  private void step(JsonNode step) {
    switch (step.path("op").asText()) {
      case "create" -> create(step, "STANDARD");
      case "start" -> started.add(start(step));
      case "createAndRecord" -> {
        create(step, "STANDARD");
        var document = step.path("as").asText();
        if (stillRunning(document)) {
          try (var hold = clock.hold()) {
            compareHistory(document, start(step));
          }
          return;
        }
        var arn = start(step);
        awaitEnd(arn);
        compareHistory(document, arn);
        if (step.path("alsoDescribeExecution").asBoolean()) {
          compare(
              scenario.path("recorded").path("describe_execution"),
              call("DescribeExecution", Json.object().put("executionArn", arn)));
        }
      }
      case "createExpress" -> express(step);
      case "expectCreateError" -> {
        try {
          create(step, "STANDARD");
          verdicts.add(new HistoryLikeness.Verdict(0, "no error"));
        } catch (AwsException e) {
          compareError(e);
        }
      }
      case "s3PutObject" -> world.putObject(step.path("key").asText(), step.path("body").asText());
      case "deleteActivity" ->
          call("DeleteActivity", Json.object().put("activityArn", activityArn));
      case "match" -> {}
      default -> throw new IllegalStateException("Unknown step " + step);
    }
  }

  /** Whether the recording was taken before the execution's end. */
  private boolean stillRunning(String document) {
    var events = scenario.path("recorded").path(document).path("events");
    return !events.isEmpty()
            && !events.get(events.size() - 1).path("type").asText().matches("Execution.*ed")
        || events.size() == 1;
  }

  private void create(JsonNode step, String type) {
    previousMachineArn = machineArn;
    var definition = filled(step.path("definition").toString());
    anyOrder |= runsSideBySide(step.path("definition"));
    var request = Json.object();
    request.put("name", "machine-" + verdicts.size() + "-" + System.nanoTime());
    request.put("definition", definition);
    request.put("roleArn", ROLE);
    request.put("type", type);
    machineArn = call("CreateStateMachine", request).path("stateMachineArn").asText();
  }

  private static boolean runsSideBySide(JsonNode node) {
    var several = node.path("Branches").size() > 1;
    var map = node.path("Type").asText().equals("Map") && node.path("MaxConcurrency").asInt() != 1;
    if (several || map) {
      return true;
    }
    for (var child : node) {
      if (runsSideBySide(child)) {
        return true;
      }
    }
    return false;
  }

  private String start(JsonNode step) {
    var request = Json.object();
    request.put("stateMachineArn", machineArn);
    request.put("input", filled(step.path("input").asText()));
    return call("StartExecution", request).path("executionArn").asText();
  }

  private JsonNode awaitEnd(String arn) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var answer = call("DescribeExecution", Json.object().put("executionArn", arn));
      if (!answer.path("status").asText().equals("RUNNING") || System.nanoTime() > deadline) {
        return answer;
      }
      LockSupport.parkNanos(200_000);
    }
  }

  private JsonNode history(String arn) {
    var request = Json.object().put("executionArn", arn).put("maxResults", 1000);
    return call("GetExecutionHistory", request);
  }

  private void compareHistory(String document, String arn) {
    var recorded = scenario.path("recorded").path(document);
    verdicts.add(new HistoryLikeness(recorded, history(arn), anyOrder).judge());
  }

  private void compareStarted() {
    var cases = scenario.path("recorded").path("cases");
    var histories = new ArrayList<String>();
    scenario
        .path("recorded")
        .properties()
        .forEach(document -> {
          if (document.getValue().has("events")) {
            histories.add(document.getKey());
          }
        });
    for (int i = 0; i < started.size(); i++) {
      var end = awaitEnd(started.get(i));
      if (cases.isArray()) {
        var alike = new Likeness(true);
        var same = alike.alike(cases.path(i).path("output"), end.path("output"));
        verdicts.add(
            new HistoryLikeness.Verdict(
                same ? 4 : 0, "input " + cases.path(i).path("input") + " " + alike.difference()));
      } else if (i < histories.size()) {
        compareHistory(histories.get(i), started.get(i));
      }
    }
  }

  private void express(JsonNode step) {
    create(step, "EXPRESS");
    var request = Json.object();
    request.put("stateMachineArn", machineArn);
    request.put("input", filled(step.path("input").asText()));
    var recorded = scenario.path("recorded");
    if (step.path("mode").asText().equals("sync")) {
      compare(recorded.path("start_execution_sync_response"), call("StartSyncExecution", request));
      return;
    }
    var arn = call("StartExecution", request).path("executionArn").asText();
    awaitEnd(arn);
    var events = history(arn).path("events");
    var last = events.get(events.size() - 1);
    var end = recorded.path("end_event");
    var details =
        last.properties().stream()
            .filter(f -> f.getKey().endsWith("EventDetails"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(Json.object());
    var own = Json.object();
    own.set("details", details);
    own.put("type", last.path("type").asText());
    own.put("id", last.path("id").asText());
    own.put("previous_event_id", last.path("previousEventId").asText());
    own.put("redrive_count", "0");
    own.put("execution_arn", arn);
    own.put("event_timestamp", "0");
    compare(end, own);
  }

  private void compare(JsonNode recorded, JsonNode answer) {
    var strict = new Likeness(true);
    if (strict.alike(recorded, answer)) {
      verdicts.add(new HistoryLikeness.Verdict(4, ""));
      return;
    }
    var lenient = new Likeness(false);
    var alike = lenient.alike(recorded, answer);
    verdicts.add(
        new HistoryLikeness.Verdict(
            alike ? 3 : 0, alike ? strict.difference() : lenient.difference()));
  }

  private void compareError(AwsException error) {
    var recorded = scenario.path("recorded").path("exception");
    var sameType = recorded.path("exception_typename").asText().equals(error.type());
    var text =
        "An error occurred (%s) when calling the CreateStateMachine operation: %s"
            .formatted(error.type(), error.text());
    var sameText = recorded.path("exception_value").asText().equals(text);
    verdicts.add(
        new HistoryLikeness.Verdict(sameText ? 4 : sameType ? 1 : 0, text + " != " + recorded));
  }
}
