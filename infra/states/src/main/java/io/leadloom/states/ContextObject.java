package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The context object, {@code $$} or {@code $states.context}. */
final class ContextObject {

  private ContextObject() {}

  static ObjectNode of(Execution execution, Frame frame) {
    var record = execution.record;
    var context = Json.object();
    var about = context.putObject("Execution");
    about.put("Id", record.arn);
    about.set("Input", execution.input);
    about.put("StartTime", Timestamps.format(record.startMillis));
    about.put("Name", record.name);
    about.put("RoleArn", record.roleArn);
    about.put("RedriveCount", record.redriveCount);
    if (record.redriveCount > 0) {
      about.put("RedriveTime", Timestamps.format(record.redriveMillis));
    }
    var machine = context.putObject("StateMachine");
    machine.put("Id", record.machineArn);
    machine.put("Name", record.machineName);
    var state = context.putObject("State");
    state.put("Name", frame.state);
    state.put("EnteredTime", Timestamps.format(frame.enteredAt));
    if (frame.currentState() instanceof State.Task) {
      state.put("RetryCount", frame.retryCount);
    }
    for (var inner = frame; inner != null; inner = inner.parentFrame) {
      if (inner.item != null) {
        setItem(context, inner.index, inner.item);
        break;
      }
    }
    if (frame.work != null && Tasks.offersToken(frame)) {
      context.putObject("Task").put("Token", frame.work.token);
    }
    return context;
  }

  /** The same context for one item of a Map. */
  static ObjectNode withItem(ObjectNode context, int index, JsonNode value) {
    var copy = Json.object();
    copy.setAll(context);
    setItem(copy, index, value);
    return copy;
  }

  private static void setItem(ObjectNode context, int index, JsonNode value) {
    var item = Json.object();
    item.put("Index", index);
    item.set("Value", value);
    context.putObject("Map").set("Item", item);
  }
}
