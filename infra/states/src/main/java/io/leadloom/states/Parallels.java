package io.leadloom.states;

/** The work of Parallel states. */
final class Parallels {

  private final Interpreter interpreter;
  private final Host host;

  Parallels(Interpreter interpreter, Host host) {
    this.interpreter = interpreter;
    this.host = host;
  }

  void begin(Execution execution, Frame frame, State.Parallel state) {
    var history = interpreter.history(execution);
    history.add(frame, "ParallelStateStarted", null);
    var input = state.base().flow().arguments(interpreter.scope(execution, frame));
    frame.phase = Frame.Phase.CHILDREN;
    for (int i = 0; i < state.branches().size(); i++) {
      var child = execution.add(frame, i, state.branches().get(i), input);
      child.lastEvent = frame.lastEvent;
      host.ready(execution, child);
    }
  }

  void childDone(Execution execution, Frame frame, Frame child) {
    frame.lastEvent = child.lastEvent;
    execution.changed.add(frame);
    var outputs = Json.array();
    for (var branch : frame.children.values()) {
      if (branch.phase != Frame.Phase.DONE || branch.output == null) {
        return;
      }
      outputs.add(branch.output);
    }
    interpreter.history(execution).addAside(frame, frame.lastEvent, "ParallelStateSucceeded", null);
    interpreter.complete(execution, frame, outputs);
  }

  void childFailed(Execution execution, Frame frame, Frame child, StateError error) {
    frame.lastEvent = child.lastEvent;
    var history = interpreter.history(execution);
    for (var branch : frame.children.values()) {
      // AWS aborts the task that failed as well; a Fail state has nothing to abort.
      var type = branch.currentState().base().type();
      if (branch.phase != Frame.Phase.DONE && !type.equals("Fail")) {
        history.addAside(branch, branch.lastEvent, type + "StateAborted", null);
      }
    }
    interpreter.fail(execution, frame, error.ofBranch());
  }
}
