package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The API's actions on executions. They run on the engine's thread. */
final class ExecutionActions {

  static final int LONGEST_ERROR = 256;
  static final int LONGEST_CAUSE = 32_768;

  private final Engine engine;
  private final MapRunActions mapRuns;

  ExecutionActions(Engine engine, MapRunActions mapRuns) {
    this.engine = engine;
    this.mapRuns = mapRuns;
  }

  JsonNode start(JsonNode request) {
    var asked = Start.of(request);
    var record = engine.starter().start(asked.machineArn(), asked.name(), asked.input());
    var answer = Json.object();
    answer.put("executionArn", record.arn);
    answer.set("startDate", Json.seconds(record.startMillis));
    return answer;
  }

  /** Begins a synchronous execution; what the future holds can be described on any thread. */
  CompletableFuture<Execution> startSync(JsonNode request) {
    var asked = Start.of(request);
    return engine.starter().startSync(asked.machineArn(), asked.name(), asked.input());
  }

  /** What is asked for; its form is judged before anything else. */
  private record Start(String machineArn, @Nullable String name, @Nullable String input) {

    static Start of(JsonNode request) {
      Requests.required(request, "stateMachineArn");
      var name = Requests.optional(request, "name", Requests.LONGEST_NAME);
      var input = Requests.optional(request, "input");
      Requests.checkSize("input", input);
      return new Start(Requests.arn(request, "stateMachineArn", "stateMachine"), name, input);
    }
  }

  /** The answer of a synchronous execution that is over. */
  static JsonNode describeSync(Execution execution) {
    var record = execution.record;
    var answer = describe(record, execution.inputText, execution.outputText);
    var millis = Math.max(1, record.stopMillis - record.startMillis);
    answer
        .putObject("billingDetails")
        .put("billedMemoryUsedInMB", 64)
        .put("billedDurationInMilliseconds", (millis + 99) / 100 * 100);
    return answer;
  }

  /** What is known of an execution, as DescribeExecution and its kin tell it. */
  static ObjectNode describe(ExecutionRecord record, String input, @Nullable String output) {
    var answer = Json.object();
    answer.put("executionArn", record.arn);
    answer.put("stateMachineArn", record.machineArn);
    if (record.versionArn != null) {
      answer.put("stateMachineVersionArn", record.versionArn);
    }
    if (record.aliasArn != null) {
      answer.put("stateMachineAliasArn", record.aliasArn);
    }
    answer.put("name", record.name);
    answer.put("status", record.status.name());
    answer.set("startDate", Json.seconds(record.startMillis));
    if (!record.running()) {
      answer.set("stopDate", Json.seconds(record.stopMillis));
    }
    answer.put("input", input);
    answer.putObject("inputDetails").put("included", true);
    if (output != null) {
      answer.put("output", output);
      answer.putObject("outputDetails").put("included", true);
    }
    if (record.error != null) {
      answer.put("error", record.error);
    }
    if (record.cause != null && !record.cause.isEmpty()) {
      answer.put("cause", record.cause);
    }
    return answer;
  }

  JsonNode describe(JsonNode request) {
    var child = mapRuns.describeChild(request.path("executionArn").asText());
    if (child != null) {
      return child;
    }
    var record = find(engine, request);
    var express = engine.executions().findExpress(record.arn);
    var answer =
        express != null
            ? describe(record, express.inputText, express.outputText)
            : describe(record, engine.store().input(record.sequence), output(record));
    answer.put("redriveCount", record.redriveCount);
    if (record.redriveCount > 0) {
      answer.set("redriveDate", Json.seconds(record.redriveMillis));
    }
    switch (record.status) {
      case RUNNING ->
          answer
              .put("redriveStatus", "NOT_REDRIVABLE")
              .put("redriveStatusReason", "Execution is RUNNING and cannot be redriven");
      case SUCCEEDED ->
          answer
              .put("redriveStatus", "NOT_REDRIVABLE")
              .put("redriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
      case FAILED, TIMED_OUT, ABORTED -> answer.put("redriveStatus", "REDRIVABLE");
    }
    return answer;
  }

  /** The output, which may not be stored before the end of this turn. */
  private @Nullable String output(ExecutionRecord record) {
    return record.status == ExecutionRecord.Status.SUCCEEDED ? engine.output(record) : null;
  }

  JsonNode list(JsonNode request) {
    var status =
        Requests.oneOf(
            request,
            "statusFilter",
            "RUNNING",
            "SUCCEEDED",
            "FAILED",
            "TIMED_OUT",
            "ABORTED",
            "PENDING_REDRIVE");
    if (request.hasNonNull("mapRunArn")) {
      if (request.hasNonNull("stateMachineArn")) {
        throw new StatesException(
            "ValidationException",
            "Must specify either a mapRunArn or a stateMachineArn, but not both");
      }
      return mapRuns.children(request, status);
    }
    var machineArn = Requests.arn(request, "stateMachineArn", "stateMachine");
    var target = engine.machines().target(machineArn, 0);
    if (target.machine().express()) {
      throw new StatesException(
          "StateMachineTypeNotSupported",
          "This operation is not supported by this type of state machine");
    }
    var matching =
        engine.executions().ofMachine(target.machine().arn()).stream()
            .filter(target::started)
            .filter(r -> status == null || r.status.name().equals(status))
            .toList();
    return Requests.page(request, "executions", matching, ExecutionActions::item);
  }

  private static JsonNode item(ExecutionRecord record) {
    var item = Json.object();
    item.put("executionArn", record.arn);
    item.put("stateMachineArn", record.machineArn);
    item.put("name", record.name);
    item.put("status", record.status.name());
    item.set("startDate", Json.seconds(record.startMillis));
    if (!record.running()) {
      item.set("stopDate", Json.seconds(record.stopMillis));
    }
    item.put("redriveCount", record.redriveCount);
    return item;
  }

  JsonNode stop(JsonNode request) {
    var error = Requests.optional(request, "error", LONGEST_ERROR);
    var cause = Requests.optional(request, "cause", LONGEST_CAUSE);
    var record = find(engine, request);
    var execution = engine.executions().running(record.sequence);
    if (execution != null && record.running()) {
      engine.touch(execution);
      engine.interpreter().abort(execution, error, cause);
    }
    var answer = Json.object();
    answer.set("stopDate", Json.seconds(record.stopMillis));
    return answer;
  }

  JsonNode redrive(JsonNode request) {
    var record = find(engine, request);
    if (record.running() || record.status == ExecutionRecord.Status.SUCCEEDED || record.express) {
      throw new StatesException(
          "ExecutionNotRedrivable", "Execution is " + record.status + " and cannot be redriven");
    }
    engine.starter().redrive(record);
    var answer = Json.object();
    answer.set("redriveDate", Json.seconds(record.redriveMillis));
    return answer;
  }

  JsonNode history(JsonNode request) {
    var record = find(engine, request);
    List<JsonNode> events = new ArrayList<>(engine.history(record));
    if (request.path("reverseOrder").asBoolean(false)) {
      events = events.reversed();
    }
    var withData = request.path("includeExecutionData").asBoolean(true);
    return Requests.page(request, "events", events, e -> withData ? e : withoutData(e));
  }

  private static JsonNode withoutData(JsonNode event) {
    var copy = event.<ObjectNode>deepCopy();
    for (var field : copy) {
      if (field instanceof ObjectNode details) {
        details.remove(List.of("input", "output", "parameters", "assignedVariables"));
      }
    }
    return copy;
  }

  static ExecutionRecord find(Engine engine, JsonNode request) {
    var arn = Requests.arn(request, "executionArn", "execution", "express");
    var record = engine.executions().find(arn);
    if (record == null) {
      throw new StatesException("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
    }
    return record;
  }
}
