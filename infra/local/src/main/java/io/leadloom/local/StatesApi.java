package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.local.template.StateMachineResource;
import io.leadloom.states.StatesException;
import io.leadloom.states.StatesService;
import java.util.List;

/** Step Functions behind the edge. */
final class StatesApi implements JsonApi {

  private static final String ROLE = "arn:aws:iam::000000000000:role/local";

  private final StatesService states;

  StatesApi(StatesService states) {
    this.states = states;
  }

  @Override
  public JsonNode call(String action, JsonNode request) {
    try {
      return states.call(action, request);
    } catch (StatesException e) {
      throw new AwsException(e.type(), e.getMessage());
    }
  }

  /** Makes the template's machines, or gives those that are there the definition of today. */
  void create(List<StateMachineResource> machines) {
    for (var machine : machines) {
      try {
        createOrUpdate(machine);
      } catch (AwsException e) {
        throw new StackException(
            "The state machine " + machine.name() + " is refused: " + e.type() + ": " + e.text(),
            e);
      }
    }
  }

  private void createOrUpdate(StateMachineResource machine) {
    if (exists(machine)) {
      call(
          "UpdateStateMachine",
          Json.object()
              .put("stateMachineArn", machine.arn())
              .put("definition", machine.definition()));
    } else {
      call(
          "CreateStateMachine",
          Json.object()
              .put("name", machine.name())
              .put("definition", machine.definition())
              .put("roleArn", ROLE)
              .put("type", machine.type()));
    }
  }

  private boolean exists(StateMachineResource machine) {
    try {
      call("DescribeStateMachine", Json.object().put("stateMachineArn", machine.arn()));
      return true;
    } catch (AwsException e) {
      if (e.type().equals("StateMachineDoesNotExist")) {
        return false;
      }
      throw e;
    }
  }
}
