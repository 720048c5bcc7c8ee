package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API's TestState: runs one state by itself and tells what became of the data in it. */
final class StateTrials {

  private static final int LONGEST_DEFINITION = 1_048_576;
  private static final String NAME = "TestState";
  private static final String ARN = "arn:aws:states:us-east-1:000000000000:";

  private final Engine engine;

  StateTrials(Engine engine) {
    this.engine = engine;
  }

  JsonNode test(JsonNode request) {
    var text = Requests.required(request, "definition", LONGEST_DEFINITION);
    var level = Requests.oneOf(request, "inspectionLevel", "INFO", "DEBUG", "TRACE");
    var roleArn = Requests.optional(request, "roleArn");
    var givenName = Requests.optional(request, "stateName", Requests.LONGEST_NAME);
    var givenInput = Requests.optional(request, "input");
    var input = givenInput == null ? "{}" : givenInput;
    Requests.checkJson(
        "input", "InvalidExecutionInput", "Invalid State Machine Execution Input", input);
    var name = givenName == null ? NAME : givenName;
    var definition = DefinitionParser.parse(givenName == null ? machineAround(text) : text);
    var state = definition.root().states().get(name);
    if (state == null) {
      throw new StatesException("ValidationException", "State not found: '" + name + "'");
    }
    checkAlone(state);
    var trial =
        new StateTrial(
            engine,
            record(roleArn == null ? "" : Requests.checkedArn(roleArn)),
            definition,
            name,
            input,
            variables(request),
            mock(request));
    var inspection = new Inspection(trial.scope(), state.base().flow());
    inspection.enter(input);
    trial.run();
    return answer(trial, state, inspection, level == null ? "INFO" : level);
  }

  /** A machine of the one state, in which every state that it names is an end. */
  private static String machineAround(String text) {
    var state =
        Requests.checkJson(
            "definition", "InvalidDefinition", "Invalid State Machine Definition", text);
    var machine = Json.object().put("StartAt", NAME);
    var states = machine.putObject("States");
    states.set(NAME, state);
    addTarget(states, state.get("Next"));
    addTarget(states, state.get("Default"));
    state.path("Choices").forEach(choice -> addTarget(states, choice.get("Next")));
    state.path("Catch").forEach(catcher -> addTarget(states, catcher.get("Next")));
    return Json.write(machine);
  }

  private static void addTarget(ObjectNode states, @Nullable JsonNode name) {
    if (name != null && name.isTextual() && !states.has(name.textValue())) {
      states.putObject(name.textValue()).put("Type", "Succeed");
    }
  }

  private static void checkAlone(State state) {
    var why =
        switch (state) {
          case State.Parallel p -> "Parallel states";
          case State.Map m -> "Map states";
          case State.Task task ->
              switch (task.resource()) {
                case TaskResource.Activity a -> "activities";
                case TaskResource.Function f -> null;
                case TaskResource.Service service ->
                    service.waitsForToken() || service.waitsForEnd()
                        ? "the integration patterns .sync and .waitForTaskToken"
                        : null;
              };
          default -> null;
        };
    if (why != null) {
      throw new StatesException("ValidationException", "TestState does not support " + why);
    }
  }

  private ExecutionRecord record(String roleArn) {
    var record = new ExecutionRecord();
    record.name = UUID.randomUUID().toString();
    record.arn = ARN + "express:" + NAME + ":" + record.name + ":" + record.name;
    record.machineArn = ARN + "stateMachine:" + NAME;
    record.machineName = NAME;
    record.roleArn = roleArn;
    record.startMillis = engine.nowMillis();
    record.express = true;
    return record;
  }

  private static Map<String, JsonNode> variables(JsonNode request) {
    var text = Requests.optional(request, "variables");
    Map<String, JsonNode> variables = new LinkedHashMap<>();
    if (text != null) {
      var given = Requests.checkJson("variables", "ValidationException", "Invalid variables", text);
      if (!given.isObject()) {
        throw new StatesException("ValidationException", "Variables must be a JSON object");
      }
      given.properties().forEach(e -> variables.put(e.getKey(), e.getValue()));
    }
    return variables;
  }

  private static @Nullable Answer mock(JsonNode request) {
    var mock = request.path("mock");
    var result = Requests.optional(mock, "result");
    var error = mock.path("errorOutput");
    if (result != null && error.isObject()) {
      throw new StatesException(
          "ValidationException", "A mock has either a result or an errorOutput, not both");
    }
    if (error.isObject()) {
      return new Answer.Failure(
          error.path("error").asText("States.TaskFailed"), error.path("cause").asText(""));
    }
    return result == null
        ? null
        : new Answer.Success(
            Requests.checkJson("mock.result", "ValidationException", "Invalid mock", result));
  }

  private static JsonNode answer(
      StateTrial trial, State state, Inspection inspection, String level) {
    var record = trial.execution().record;
    var frame = trial.frame();
    var answer = Json.object();
    var failure = frame.failure;
    if (failure != null) {
      put(answer, "error", failure.error());
      put(answer, "cause", failure.cause());
    }
    switch (record.status) {
      case SUCCEEDED ->
          answer.put("status", "SUCCEEDED").put("output", trial.execution().outputText);
      case RUNNING -> {
        if (frame.phase == Frame.Phase.RETRYING) {
          answer.put("status", "RETRIABLE");
        } else {
          answer.put("status", failure == null ? "SUCCEEDED" : "CAUGHT_ERROR");
          answer.put("output", Json.write(frame.input)).put("nextState", frame.state);
        }
      }
      case FAILED, TIMED_OUT, ABORTED -> {
        answer.put("status", "FAILED");
        put(answer, "error", record.error);
        put(answer, "cause", record.cause);
      }
    }
    if (!level.equals("INFO")) {
      var result = result(trial, state, inspection);
      if (result != null) {
        inspection.leave(result);
      }
      if (!frame.variables.isEmpty()) {
        inspection.put("variables", Json.write(Json.object().setAll(frame.variables)));
      }
      answer.set("inspectionData", inspection.data());
    }
    return answer;
  }

  private static void put(ObjectNode answer, String field, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      answer.put(field, text);
    }
  }

  /** What the state's work came to; null if it has none, or failed. */
  private static @Nullable JsonNode result(StateTrial trial, State state, Inspection inspection) {
    if (state instanceof State.Pass pass && !inspection.isJsonata()) {
      return pass.result() != null ? pass.result() : inspection.get("afterParameters");
    }
    for (var event : trial.execution().newEvents) {
      for (var details :
          List.of("taskSucceededEventDetails", "lambdaFunctionSucceededEventDetails")) {
        if (event.has(details)) {
          return Inspection.parse(event.path(details).path("output").asText());
        }
      }
    }
    return null;
  }
}
