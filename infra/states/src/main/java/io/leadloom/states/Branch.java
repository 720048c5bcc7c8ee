package io.leadloom.states;

import java.util.Map;

/** States that lead to one another: a whole machine, a branch of a Parallel, a Map's processor. */
record Branch(String startAt, Map<String, State> states) {

  State state(String name) {
    var state = states.get(name);
    if (state == null) {
      throw new IllegalStateException("The definition has no state '" + name + "'");
    }
    return state;
  }
}
