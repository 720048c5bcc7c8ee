package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that {@link KillIT} kills: it starts many executions and sees them through, however
 * often it has to begin again. What others saw of it stands in files beside its store.
 */
final class KilledProcess implements AutoCloseable {

  static final int EXECUTIONS = 1_000;

  /** A machine with every way to wait. */
  static final String MACHINE =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Begin", "States": {
        "Begin": {"Type": "Pass", "Assign": {"id": "{% $states.input.id %}"}, "Next": "Call"},
        "Call": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Arguments": {"id": "{% $id %}"}, "Assign": {"first": "{% $states.result.receipt %}"},
          "Next": "Pause"},
        "Pause": {"Type": "Wait", "Seconds": 60, "Next": "Each"},
        "Each": {"Type": "Map", "Items": [1, 2, 3], "MaxConcurrency": 2,
          "ItemProcessor": {"StartAt": "Item", "States": {
            "Item": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {"id": "{% $id %}"}, "Next": "Rest"},
            "Rest": {"Type": "Wait", "Seconds": "{% $states.context.Map.Item.Value ? 5 : 6 %}",
              "End": true}}},
          "Next": "Ask"},
        "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "Arguments": {"token": "{% $states.context.Task.Token %}"},
          "TimeoutSeconds": 99999999, "Next": "Both"},
        "Both": {"Type": "Parallel", "Branches": [
          {"StartAt": "L", "States": {"L": {"Type": "Wait", "Seconds": 3, "End": true}}},
          {"StartAt": "R", "States": {"R": {"Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"id": "{% $id %}"},
            "End": true}}}],
          "Output": {"id": "{% $id %}", "first": "{% $first %}"}, "End": true}}}
      """;

  private final Path folder;
  private final StackClock clock;
  private final StatesService service;

  KilledProcess(Path folder) {
    this.folder = folder;
    var file = folder.resolve("states.db");
    var start = StatesService.lastInstant(file).orElse(EngineFixture.START);
    this.clock = StackClock.startingAt(start, StackClock.AS_FAST_AS_POSSIBLE);
    this.service = StatesService.open(file, clock, this::serve, StatesOptions.defaults());
  }

  public static void main(String[] args) {
    var folder = Path.of(args[0]);
    try (var process = new KilledProcess(folder)) {
      process.run();
    }
    write(folder, "finished", "");
    System.exit(0);
  }

  private void run() {
    service.start();
    var request = Json.object().put("name", "lifecycle").put("roleArn", "arn:aws:iam::0:role/x");
    request.put("definition", MACHINE);
    var machine = service.call("CreateStateMachine", request).path("stateMachineArn").asText();
    answer(folder);
    for (int i = 0; i < EXECUTIONS; i++) {
      start(machine, i);
    }
    for (int i = 0; i < EXECUTIONS; i++) {
      var arn = machine.replace(":stateMachine:", ":execution:") + ":lead-" + i;
      var described = Json.object().put("executionArn", arn);
      while (service
          .call("DescribeExecution", described)
          .path("status")
          .asText()
          .equals("RUNNING")) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private void start(String machine, int number) {
    var request = Json.object().put("stateMachineArn", machine).put("name", "lead-" + number);
    request.put("input", "{\"id\": " + number + "}");
    try {
      service.call("StartExecution", request);
    } catch (StatesException e) {
      if (!e.type().equals("ExecutionAlreadyExists")) {
        throw e;
      }
    }
    write(folder, "acknowledged", "lead-" + number);
  }

  /** The outside world: it writes down what it was asked before it answers. */
  private JsonNode serve(String resource, JsonNode arguments) {
    var receipt = UUID.randomUUID().toString();
    write(folder, "receipts", receipt + " " + arguments.path("id"));
    if (resource.startsWith("sqs:")) {
      write(folder, "tokens", arguments.path("token").asText());
      answerSoon(arguments.path("token").asText());
    }
    return Json.object().put("receipt", receipt);
  }

  private void answerSoon(String token) {
    clock.schedule(clock.instant().plusSeconds(30), () -> answer(token));
  }

  private void answer(Path from) {
    try {
      var tokens = from.resolve("tokens");
      if (Files.exists(tokens)) {
        Files.readAllLines(tokens).forEach(this::answerSoon);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(String token) {
    try {
      service.call("SendTaskSuccess", Json.object().put("taskToken", token).put("output", "{}"));
    } catch (StatesException e) {
      // It was answered before the process was killed.
      if (!e.type().equals("TaskTimedOut")) {
        throw e;
      }
    }
  }

  private static synchronized void write(Path folder, String file, String line) {
    try {
      Files.write(
          folder.resolve(file),
          (line + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StatesService service() {
    return service;
  }

  @Override
  public void close() {
    service.close();
    clock.close();
  }
}
