package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that the states of a branch lead somewhere. */
final class Transitions {

  private final List<String> problems;
  private final String path;
  private final JsonNode states;

  Transitions(List<String> problems, String path, JsonNode states) {
    this.problems = problems;
    this.path = path;
    this.states = states;
  }

  void check(Collection<State> known) {
    for (var state : known) {
      var where = path + "/States/" + state.name();
      target(state.base().next(), "Next", where + "/Next");
      var catchers = state.base().catchers();
      for (int i = 0; i < catchers.size(); i++) {
        target(catchers.get(i).next(), "Next", where + "/Catch[" + i + "]/Next");
      }
      if (state instanceof State.Choice choice) {
        target(choice.otherwise(), "Default", where + "/Default");
        for (int i = 0; i < choice.rules().size(); i++) {
          target(choice.rules().get(i).next(), "Next", where + "/Choices[" + i + "]/Next");
        }
      }
    }
  }

  private void target(@Nullable String name, String field, String where) {
    if (name != null && !name.isEmpty() && !states.has(name)) {
      problems.add(
          "MISSING_TRANSITION_TARGET: Missing '%s' target: %s at %s".formatted(field, name, where));
    }
  }
}
