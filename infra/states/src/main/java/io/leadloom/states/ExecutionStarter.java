package io.leadloom.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Starts executions, and tells those who wait for them that they are over. */
final class ExecutionStarter {

  private final Engine engine;
  private final Machines machines;
  private final ExecutionIndex executions;
  private final Store store;
  private final Map<String, CompletableFuture<Execution>> waiting = new HashMap<>();

  ExecutionStarter(Engine engine, Machines machines, ExecutionIndex executions, Store store) {
    this.engine = engine;
    this.machines = machines;
    this.executions = executions;
    this.store = store;
  }

  /**
   * Starts an execution, or finds the running one of the same name and input.
   *
   * @throws StatesException when the request is not valid or the name is taken
   */
  ExecutionRecord start(
      String machineArn, @Nullable String givenName, @Nullable String givenInput) {
    return create(machineArn, givenName, givenInput, "", false);
  }

  private ExecutionRecord create(
      String machineArn,
      @Nullable String givenName,
      @Nullable String givenInput,
      String parentToken,
      boolean parentWantsJson) {
    var sequence = executions.nextSequence();
    // Made from the seed, so that the same run has the same names.
    var seed = engine.options().seed();
    var target = machines.target(machineArn, new Chance(seed, "", 0, (int) sequence).number());
    var machine = target.machine();
    var made = new Chance(seed, machine.arn(), 0, (int) sequence);
    var input = givenInput == null ? "{}" : givenInput;
    var name = givenName == null ? made.uuid().toString() : Requests.checkedName(givenName);
    Requests.checkJson(
        "input", "InvalidExecutionInput", "Invalid State Machine Execution Input", input);
    var arn = executionArn(machine, name);
    var existing = executions.find(arn);
    if (existing != null && !machine.express()) {
      if (existing.running() && store.input(existing.sequence).equals(input)) {
        return existing;
      }
      throw new StatesException(
          "ExecutionAlreadyExists", "Execution Already Exists: '" + arn + "'");
    }
    var record = new ExecutionRecord();
    record.sequence = sequence;
    record.arn = arn;
    record.name = name;
    record.machineArn = machine.arn();
    record.machineName = machine.name();
    record.roleArn = target.roleArn();
    record.revision = target.revision();
    record.versionArn = target.version() == null ? null : target.version().arn();
    record.aliasArn = target.alias() == null ? null : target.alias().arn();
    record.startMillis = engine.nowMillis();
    record.express = machine.express();
    if (!parentToken.isEmpty()) {
      record.parentToken = parentToken;
      record.parentWantsJson = parentWantsJson;
    }
    begin(new Execution(record, machines.definition(target.revision()), input));
    return record;
  }

  private void begin(Execution execution) {
    var record = execution.record;
    if (!record.express) {
      executions.add(record);
      store.putInput(record.sequence, execution.inputText);
    }
    execution.recordChanged = true;
    executions.addRunning(execution);
    engine.touch(execution);
    engine.interpreter().begin(execution);
    engine.announcer().changed(execution);
  }

  private static String executionArn(Machine machine, String name) {
    return machine.express()
        ? machine.arn().replace(":stateMachine:", ":express:")
            + ":"
            + name
            + ":"
            + UUID.randomUUID()
        : machine.arn().replace(":stateMachine:", ":execution:") + ":" + name;
  }

  /** Starts an Express execution whose end someone waits for. */
  CompletableFuture<Execution> startSync(
      String machineArn, @Nullable String name, @Nullable String input) {
    if (!machines.target(machineArn, 0).machine().express()) {
      throw new StatesException(
          "StateMachineTypeNotSupported",
          "This operation is not supported by this type of state machine");
    }
    var record = start(machineArn, name, input);
    var end = new CompletableFuture<Execution>();
    waiting.put(record.arn, end);
    return end;
  }

  /** Starts an execution for a task; with a token, the task waits for its end. */
  ExecutionRecord startChild(JsonNode arguments, String token, boolean wantsJson) {
    var input = arguments.get("Input");
    String text = null;
    if (input != null && !input.isNull()) {
      text = input.isTextual() ? input.textValue() : Json.write(input);
    }
    var name = arguments.get("Name");
    return create(
        arguments.path("StateMachineArn").asText(),
        name == null || name.isNull() ? null : name.asText(),
        text,
        token,
        wantsJson);
  }

  /** Continues an execution that ended early. */
  void redrive(ExecutionRecord record) {
    var execution = engine.load(record);
    record.status = ExecutionRecord.Status.RUNNING;
    record.redriveCount++;
    record.redriveMillis = engine.nowMillis();
    record.stopMillis = 0;
    record.error = null;
    record.cause = null;
    execution.recordChanged = true;
    executions.addRunning(execution);
    engine.touch(execution);
    engine.interpreter().redrive(execution);
    engine.announcer().changed(execution);
  }

  /** Tells those who wait for an execution that it is over. */
  void ended(Execution execution) {
    var end = waiting.remove(execution.record.arn);
    if (end != null) {
      engine.afterCommit(() -> end.complete(execution));
    }
    var token = execution.record.parentToken;
    var task = token == null ? null : TaskToken.find(executions, token);
    if (task == null) {
      return;
    }
    engine.touch(task.execution());
    var report = report(execution);
    var tasks = engine.interpreter().tasks();
    if (execution.record.status == ExecutionRecord.Status.SUCCEEDED) {
      tasks.sendSuccess(task.execution(), task.frame(), report);
    } else {
      tasks.sendFailure(task.execution(), task.frame(), StateError.TASK_FAILED, Json.write(report));
    }
  }

  /** What the waiting task is told: the fields in the order of the alphabet, as AWS has them. */
  private static ObjectNode report(Execution execution) {
    var record = execution.record;
    var report = Json.object();
    if (record.cause != null && !record.cause.isEmpty()) {
      report.put("Cause", record.cause);
    }
    if (record.error != null) {
      report.put("Error", record.error);
    }
    report.put("ExecutionArn", record.arn);
    report.set("Input", text(record, execution.inputText));
    report.putObject("InputDetails").put("Included", true);
    report.put("Name", record.name);
    if (execution.outputText != null) {
      report.set("Output", text(record, execution.outputText));
      report.putObject("OutputDetails").put("Included", true);
    }
    report.put("StartDate", record.startMillis);
    report.put("StateMachineArn", record.machineArn);
    report.put("Status", record.status.name());
    report.put("StopDate", record.stopMillis);
    return report;
  }

  private static JsonNode text(ExecutionRecord record, String text) {
    if (record.parentWantsJson) {
      try {
        return Json.parse(text);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The data of " + record.arn + " is no JSON", e);
      }
    }
    return Json.NODES.textNode(text);
  }
}
