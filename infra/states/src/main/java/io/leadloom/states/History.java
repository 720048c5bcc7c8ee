package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the events of an execution, as GetExecutionHistory shows them. */
final class History {

  /** How many events AWS keeps of one execution. */
  static final int LIMIT = 25_000;

  private final Execution execution;
  private final long nowMillis;

  History(Execution execution, long nowMillis) {
    this.execution = execution;
    this.nowMillis = nowMillis;
  }

  /** Adds an event that the frame's next event follows. */
  int add(Frame frame, String type, @Nullable ObjectNode details) {
    frame.lastEvent = addAside(frame, frame.lastEvent, type, details);
    execution.changed.add(frame);
    return frame.lastEvent;
  }

  /** Adds an event that nothing follows. */
  int addAside(Frame frame, int previous, String type, @Nullable ObjectNode details) {
    if (frame.silent) {
      return previous + 1;
    }
    return add(previous, type, details);
  }

  /** Adds an event of the execution as a whole. */
  int add(int previous, String type, @Nullable ObjectNode details) {
    var event = Json.object();
    event.set("timestamp", Json.seconds(nowMillis));
    event.put("type", type);
    event.put("id", execution.nextEvent);
    event.put("previousEventId", previous);
    if (details != null) {
      event.set(detailsField(type), details);
    }
    execution.newEvents.add(event);
    return execution.nextEvent++;
  }

  private static String detailsField(String type) {
    var name = type;
    if (type.endsWith("StateEntered")) {
      name = "StateEntered";
    } else if (type.endsWith("StateExited")) {
      name = "StateExited";
    }
    return Character.toLowerCase(name.charAt(0)) + name.substring(1) + "EventDetails";
  }

  int stateEntered(Frame frame, State state) {
    var details = data("input", Json.write(frame.input));
    details.put("name", state.name());
    return add(frame, state.base().type() + "StateEntered", details);
  }

  void stateExited(Frame frame, State state, String output, Map<String, JsonNode> assigned) {
    var details = data("output", output);
    details.put("name", state.name());
    if (!assigned.isEmpty()) {
      var variables = Json.object();
      assigned.forEach((name, value) -> variables.put(name, Json.write(value)));
      details.set("assignedVariables", variables);
      details.putObject("assignedVariablesDetails").put("truncated", false);
    }
    add(frame, state.base().type() + "StateExited", details);
  }

  void evaluationFailed(Frame frame, State state, StateError error) {
    var details = failure(error.error(), error.cause());
    if (error.location() != null) {
      details.put("location", error.location());
    }
    details.put("state", state.name());
    frame.lastEvent = frame.previousEvent;
    add(frame, "EvaluationFailed", details);
  }

  int iteration(Frame frame, int previous, String what, String state, int index) {
    var details = Json.object();
    details.put("name", state);
    details.put("index", index);
    return addAside(frame, previous, "MapIteration" + what, details);
  }

  /** The details of a JSON text in an event. */
  static ObjectNode data(String field, String text) {
    var details = Json.object();
    details.put(field, text);
    details.putObject(field + "Details").put("truncated", false);
    return details;
  }

  /** The details of a failure; what is not known is left out. */
  static ObjectNode failure(@Nullable String error, @Nullable String cause) {
    var details = Json.object();
    if (error != null) {
      details.put("error", error);
    }
    if (cause != null && !cause.isEmpty()) {
      details.put("cause", cause);
    }
    return details;
  }
}
