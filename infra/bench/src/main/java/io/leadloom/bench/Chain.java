package io.leadloom.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** Definitions of one state after another. */
final class Chain {

  private Chain() {}

  /** A machine of as many states, each filled in the same way. */
  static String of(int states, Consumer<ObjectNode> fill) {
    var definition = StatesClient.object().put("QueryLanguage", "JSONata").put("StartAt", "S0");
    var all = definition.putObject("States");
    for (int i = 0; i < states; i++) {
      var state = all.putObject("S" + i);
      fill.accept(state);
      if (i + 1 < states) {
        state.put("Next", "S" + (i + 1));
      } else {
        state.put("End", true);
      }
    }
    return definition.toString();
  }
}
