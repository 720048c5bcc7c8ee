package io.leadloom.states;

import java.util.ArrayList;
import java.util.List;

/** What an Express state machine cannot do: wait for anybody. */
final class ExpressRules {

  private final List<String> problems = new ArrayList<>();

  private ExpressRules() {}

  /**
   * Checks a definition.
   *
   * @throws StatesException {@code InvalidDefinition} when it waits for somebody
   */
  static void check(Definition definition) {
    var rules = new ExpressRules();
    rules.check(definition.root(), "");
    if (!rules.problems.isEmpty()) {
      throw DefinitionParser.invalid(rules.problems);
    }
  }

  private void check(Branch branch, String path) {
    branch.states().forEach((name, state) -> check(state, path + "/States/" + name));
  }

  private void check(State state, String path) {
    switch (state) {
      case State.Task task -> check(task.resource(), path);
      case State.Map map -> check(map.processor(), path + "/ItemProcessor");
      case State.Parallel parallel -> {
        for (int i = 0; i < parallel.branches().size(); i++) {
          check(parallel.branches().get(i), path + "/Branches[" + i + "]");
        }
      }
      case State.Pass s -> {}
      case State.Choice s -> {}
      case State.Wait s -> {}
      case State.Succeed s -> {}
      case State.Fail s -> {}
    }
  }

  private void check(TaskResource resource, String path) {
    var unsupported =
        switch (resource) {
          case TaskResource.Activity a -> "Activity ARN";
          case TaskResource.Service service when !service.suffix().isEmpty() ->
              "'." + service.suffix() + "' service integration";
          case TaskResource.Service s -> "";
          case TaskResource.Function f -> "";
        };
    if (!unsupported.isEmpty()) {
      problems.add(
          "SCHEMA_VALIDATION_FAILED: Express state machine does not support %s at %s/Resource"
              .formatted(unsupported, path));
    }
  }
}
