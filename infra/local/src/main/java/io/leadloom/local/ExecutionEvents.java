package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.StateMachineResource;
import java.util.List;
import java.util.Map;

/**
 * Tells the default event bus of executions that ended badly, as Step Functions does, once each. It
 * asks the engine now and then, so an event may come a moment after the end.
 */
final class ExecutionEvents {

  private static final String DETAIL_TYPE = "Step Functions Execution Status Change";
  private static final List<String> ENDED_BADLY = List.of("FAILED", "TIMED_OUT", "ABORTED");
  private static final List<String> NOT_TOLD = List.of("RUNNING", "SUCCEEDED", "PENDING_REDRIVE");

  private final StackStore store;

  /** The stop date that was told last, by execution; it differs after a redrive. */
  private final Map<String, String> told;

  private final StatesApi states;
  private final EventBuses events;
  private final List<StateMachineResource> machines;

  ExecutionEvents(
      StackStore store, StatesApi states, EventBuses events, List<StateMachineResource> machines) {
    this.store = store;
    this.told = store.map("endedExecutions");
    this.states = states;
    this.events = events;
    this.machines = machines.stream().filter(this::isWatched).toList();
  }

  /** Whether any rule wants to know of a machine's bad ends. */
  private boolean isWatched(StateMachineResource machine) {
    for (var status : NOT_TOLD) {
      if (matches(machine, status)) {
        throw new StackException(
            "A rule matches executions of "
                + machine.name()
                + " with the status "
                + status
                + ". The local stack tells only of "
                + String.join(", ", ENDED_BADLY)
                + ": narrow the rule's pattern to these",
            null);
      }
    }
    return ENDED_BADLY.stream().anyMatch(status -> matches(machine, status));
  }

  private boolean matches(StateMachineResource machine, String status) {
    var sample =
        Json.object()
            .put("executionArn", machine.arn().replace(":stateMachine:", ":execution:") + ":x")
            .put("stateMachineArn", machine.arn())
            .put("name", "x")
            .put("status", status);
    return events.anyRuleMatches("aws.states", DETAIL_TYPE, sample);
  }

  /** Tells of the bad ends since the last time. */
  synchronized void publishNew() {
    for (var machine : machines) {
      for (var status : ENDED_BADLY) {
        publishNew(machine, status);
      }
    }
  }

  private void publishNew(StateMachineResource machine, String status) {
    var request = Json.object().put("stateMachineArn", machine.arn()).put("statusFilter", status);
    while (true) {
      var page = states.call("ListExecutions", request);
      for (var execution : page.path("executions")) {
        var arn = execution.path("executionArn").asText();
        var stopped = execution.path("stopDate").asText();
        if (!stopped.equals(told.get(arn))) {
          events.publish("aws.states", DETAIL_TYPE, List.of(arn), detail(arn));
          told.put(arn, stopped);
          store.commit();
        }
      }
      if (!page.hasNonNull("nextToken")) {
        return;
      }
      request.set("nextToken", page.get("nextToken"));
    }
  }

  private ObjectNode detail(String arn) {
    var execution = states.call("DescribeExecution", Json.object().put("executionArn", arn));
    var detail = Json.object();
    for (var field :
        List.of("executionArn", "stateMachineArn", "name", "status", "input", "error", "cause")) {
      detail.set(field, execution.path(field).isMissingNode() ? null : execution.get(field));
    }
    detail.put("startDate", milliseconds(execution.path("startDate")));
    detail.put("stopDate", milliseconds(execution.path("stopDate")));
    detail.putNull("output");
    return detail;
  }

  private static long milliseconds(JsonNode seconds) {
    return Math.round(seconds.asDouble() * 1000);
  }
}
