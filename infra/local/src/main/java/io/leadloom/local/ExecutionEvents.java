package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.states.ExecutionListener;
import java.util.List;

/** Tells the default event bus of executions that start and end, as Step Functions does. */
final class ExecutionEvents implements ExecutionListener {

  private static final String SOURCE = "aws.states";
  private static final String DETAIL_TYPE = "Step Functions Execution Status Change";

  /** The members of an event's detail that a description has too. */
  private static final List<String> SHARED =
      List.of(
          "executionArn",
          "stateMachineArn",
          "name",
          "status",
          "input",
          "inputDetails",
          "output",
          "outputDetails",
          "error",
          "cause");

  private final EventBuses events;

  ExecutionEvents(EventBuses events) {
    this.events = events;
  }

  @Override
  public boolean wants(JsonNode execution) {
    return events.anybodyWants(SOURCE, DETAIL_TYPE, detail(execution));
  }

  @Override
  public void changed(JsonNode execution) {
    var arn = execution.path("executionArn").asText();
    events.publish(SOURCE, DETAIL_TYPE, List.of(arn), detail(execution));
  }

  /** What the event says of an execution; what is not known yet is null. */
  private static ObjectNode detail(JsonNode execution) {
    var detail = Json.object();
    for (var member : SHARED) {
      detail.set(member, execution.get(member));
    }
    for (var date : List.of("startDate", "stopDate")) {
      if (execution.has(date)) {
        detail.put(date, Math.round(execution.get(date).asDouble() * 1000));
      } else {
        detail.putNull(date);
      }
    }
    return detail;
  }
}
