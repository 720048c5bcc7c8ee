package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An engine on a virtual clock, with services that a test makes up. */
final class EngineFixture implements AutoCloseable {

  static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final StackClock clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
  final StatesService service;
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private int machines;

  /** What a made-up service does. */
  interface Function {
    JsonNode call(JsonNode arguments) throws TaskFailedException;
  }

  EngineFixture() {
    this(null);
  }

  EngineFixture(@Nullable Path file) {
    this(file, ExecutionListener.none());
  }

  EngineFixture(@Nullable Path file, ExecutionListener listener) {
    this.service = StatesService.open(file, clock, this::serve, StatesOptions.defaults(), listener);
    service.start();
  }

  private JsonNode serve(String resource, JsonNode arguments) throws TaskFailedException {
    calls.add(resource);
    var function = functions.get(resource);
    if (function == null) {
      throw new TaskFailedException("Test.NoSuchService", resource);
    }
    return function.call(arguments);
  }

  EngineFixture on(String resource, Function function) {
    functions.put(resource, function);
    return this;
  }

  /** Creates a machine; single quotes stand for double ones. */
  String create(String definition) {
    return create(definition, "STANDARD");
  }

  String create(String definition, String type) {
    var request = Json.object();
    request.put("name", "machine-" + machines++);
    request.put("definition", definition.replace('\'', '"'));
    request.put("roleArn", "arn:aws:iam::000000000000:role/sample");
    request.put("type", type);
    return service.call("CreateStateMachine", request).path("stateMachineArn").asText();
  }

  String start(String machineArn, String input) {
    var request = Json.object();
    request.put("stateMachineArn", machineArn);
    request.put("input", input.replace('\'', '"'));
    return service.call("StartExecution", request).path("executionArn").asText();
  }

  /** Runs a machine to its end and describes it. */
  JsonNode run(String definition, String input) {
    return awaitEnd(start(create(definition), input));
  }

  /** The output of a run that has to succeed. */
  JsonNode output(String definition, String input) {
    var end = run(definition, input);
    if (!end.path("status").asText().equals("SUCCEEDED")) {
      throw new AssertionError("The execution did not succeed: " + end);
    }
    return json(end.path("output").asText());
  }

  JsonNode awaitEnd(String executionArn) {
    return await(executionArn, "status", status -> !status.equals("RUNNING"));
  }

  private JsonNode await(String executionArn, String field, Predicate<String> condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var answer = describe(executionArn);
      if (condition.test(answer.path(field).asText())) {
        return answer;
      }
      LockSupport.parkNanos(500_000);
    }
    throw new AssertionError("Still waiting: " + events(executionArn));
  }

  JsonNode describe(String executionArn) {
    return service.call("DescribeExecution", Json.object().put("executionArn", executionArn));
  }

  /** Waits until an execution has an event of a type, and returns the first. */
  JsonNode awaitEvent(String executionArn, String type) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (var event : history(executionArn)) {
        if (event.path("type").asText().equals(type)) {
          return event;
        }
      }
      LockSupport.parkNanos(500_000);
    }
    throw new AssertionError("No " + type + " in " + events(executionArn));
  }

  JsonNode history(String executionArn) {
    var request = Json.object().put("executionArn", executionArn).put("maxResults", 1000);
    return service.call("GetExecutionHistory", request).path("events");
  }

  /** The types of an execution's events. */
  List<String> events(String executionArn) {
    List<String> types = new ArrayList<>();
    history(executionArn).forEach(event -> types.add(event.path("type").asText()));
    return types;
  }

  JsonNode call(String action, ObjectNode request) {
    return service.call(action, request);
  }

  static JsonNode json(String text) {
    try {
      return Json.parse(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    service.close();
    clock.close();
  }
}
