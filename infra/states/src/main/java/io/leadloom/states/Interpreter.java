package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of executions from state to state. It decides; what has to be done outside it
 * asks of its {@link Host}. Used by the engine's thread alone.
 */
final class Interpreter {

  /** The most that a state may hand on. */
  static final int MOST_BYTES = 262_144;

  private static final String TOO_LONG =
      "The execution reached the maximum number of history events (" + History.LIMIT + ").";

  private final Host host;
  private final long seed;
  private final Tasks tasks;
  private final Parallels parallels;
  private final Maps maps;

  Interpreter(Host host, long seed) {
    this.host = host;
    this.seed = seed;
    this.tasks = new Tasks(this, host);
    this.parallels = new Parallels(this, host);
    this.maps = new Maps(this, host);
  }

  Tasks tasks() {
    return tasks;
  }

  History history(Execution execution) {
    return new History(execution, host.nowMillis());
  }

  /** The limits of a Map were changed. */
  void adjusted(Execution execution, Frame frame) {
    maps.adjusted(execution, frame);
  }

  /** What the expressions of a frame's present state see. */
  Scope scope(Execution execution, Frame frame) {
    return new Scope(
        frame.state,
        frame.enteredEvent,
        Instant.ofEpochMilli(host.nowMillis()),
        new Chance(seed, execution.record.arn, frame.id, execution.nextEvent + frame.lastEvent),
        frame.visibleVariables(),
        ContextObject.of(execution, frame),
        frame.input,
        frame.input,
        null,
        null);
  }

  /** Begins an execution that was just added. */
  void begin(Execution execution) {
    var details = History.data("input", execution.inputText);
    details.put("roleArn", execution.record.roleArn);
    history(execution).add(0, "ExecutionStarted", details);
    var root = execution.add(null, 0, execution.definition.root(), execution.input);
    startTimeout(execution);
    host.ready(execution, root);
  }

  private void startTimeout(Execution execution) {
    var seconds = execution.definition.timeoutSeconds();
    if (seconds != null) {
      var begun = Math.max(execution.record.startMillis, execution.record.redriveMillis);
      var due = Instant.ofEpochMilli(begun).plusSeconds(seconds);
      execution.timer = host.at(execution, due, () -> timeOut(execution));
    }
  }

  private void timeOut(Execution execution) {
    if (execution.record.running()) {
      end(execution, ExecutionRecord.Status.TIMED_OUT, "ExecutionTimedOut", null, null);
    }
  }

  /** Takes up an execution that was read from the store. */
  void resume(Execution execution) {
    startTimeout(execution);
    for (var frame : execution.frames.values()) {
      switch (frame.phase) {
        case READY -> host.ready(execution, frame);
        case WAITING, RETRYING -> wakeAt(execution, frame, frame.until);
        case WORKING -> resumeWork(execution, frame);
        case CHILDREN, DONE, HALTED -> {}
      }
    }
  }

  private void resumeWork(Execution execution, Frame frame) {
    if (frame.currentState() instanceof State.Map) {
      maps.resume(execution, frame);
    } else {
      tasks.resume(execution, frame);
    }
  }

  /** Lets the ended parts of a redriven execution begin again. */
  void redrive(Execution execution) {
    var root = execution.root();
    startTimeout(execution);
    history(execution)
        .add(
            root.lastEvent,
            "ExecutionRedriven",
            Json.object().put("redriveCount", execution.record.redriveCount));
    for (var frame : execution.frames.values()) {
      if (frame.phase == Frame.Phase.CHILDREN && isRun(frame)) {
        host.mapRuns().redriven(frame.map().runArn);
      }
      if (frame.phase == Frame.Phase.HALTED) {
        frame.phase = Frame.Phase.READY;
        execution.changed.add(frame);
        host.ready(execution, frame);
      }
    }
  }

  /** Enters the state that a ready frame stands before. */
  void step(Execution execution, Frame frame) {
    if (!execution.record.running() || frame.phase != Frame.Phase.READY) {
      return;
    }
    if (execution.nextEvent > History.LIMIT - 10) {
      end(
          execution,
          ExecutionRecord.Status.FAILED,
          "ExecutionFailed",
          StateError.RUNTIME,
          TOO_LONG);
      return;
    }
    if (frame.silent && frame.lastEvent > History.LIMIT - 10) {
      branchFailed(execution, frame, StateError.of(StateError.RUNTIME, TOO_LONG));
      return;
    }
    var state = frame.currentState();
    execution.removeChildren(frame);
    execution.dropMap(frame);
    frame.previousEvent = frame.lastEvent;
    frame.enteredEvent = history(execution).stateEntered(frame, state);
    frame.enteredAt = host.nowMillis();
    frame.attempts = new int[state.base().retriers().size()];
    frame.retryCount = 0;
    execute(execution, frame);
  }

  /** Does what the present state says, for the first or another time. */
  private void execute(Execution execution, Frame frame) {
    var state = frame.currentState();
    execution.changed.add(frame);
    try {
      switch (state) {
        case State.Pass pass -> pass(execution, frame, pass);
        case State.Succeed s -> {
          var exit = s.base().flow().exit(scope(execution, frame));
          leave(execution, frame, exit, null);
        }
        case State.Fail fail -> {
          var scope = scope(execution, frame);
          var error = fail.error() == null ? null : fail.error().evaluate(scope);
          var cause = fail.cause() == null ? null : fail.cause().evaluate(scope);
          branchFailed(execution, frame, StateError.of(error, cause));
        }
        case State.Choice choice -> choose(execution, frame, choice);
        case State.Wait wait -> {
          // AWS has faults of a Wait follow the event that entered it.
          frame.previousEvent = frame.lastEvent;
          var until = wait.until().evaluate(scope(execution, frame));
          if (until.toEpochMilli() <= host.nowMillis()) {
            passOn(execution, frame);
          } else {
            frame.phase = Frame.Phase.WAITING;
            wakeAt(execution, frame, until.toEpochMilli());
          }
        }
        case State.Task task -> tasks.begin(execution, frame, task);
        case State.Parallel parallel -> parallels.begin(execution, frame, parallel);
        case State.Map map -> maps.begin(execution, frame, map);
      }
    } catch (StateError e) {
      fail(execution, frame, e);
    }
  }

  private void pass(Execution execution, Frame frame, State.Pass pass) {
    var scope = scope(execution, frame);
    var flow = pass.base().flow();
    Dataflow.Exit exit;
    if (flow.language() == QueryLanguage.JSONATA) {
      exit = flow.exit(scope);
    } else {
      var arguments = flow.arguments(scope);
      exit = flow.exit(scope, pass.result() == null ? arguments : pass.result());
    }
    leave(execution, frame, exit, pass.base().next());
  }

  private void choose(Execution execution, Frame frame, State.Choice choice) {
    var scope = scope(execution, frame);
    var base = choice.base().flow();
    var inner = scope.withData(base.input(scope));
    for (var rule : choice.rules()) {
      if (rule.condition().holds(inner)) {
        leave(execution, frame, rule.flow().exit(scope), rule.next());
        return;
      }
    }
    if (choice.otherwise() == null) {
      throw StateError.of(
          "States.NoChoiceMatched",
          scope
              .runtimeError(
                  "Failed to transition out of the state. The state does not point to a next"
                      + " state.")
              .cause());
    }
    leave(execution, frame, base.exit(scope), choice.otherwise());
  }

  private void wakeAt(Execution execution, Frame frame, long millis) {
    frame.until = millis;
    frame.timer = host.at(execution, Instant.ofEpochMilli(millis), () -> wake(execution, frame));
  }

  private void wake(Execution execution, Frame frame) {
    if (!execution.record.running()) {
      return;
    }
    if (frame.phase == Frame.Phase.WAITING) {
      frame.timer = null;
      try {
        passOn(execution, frame);
      } catch (StateError e) {
        fail(execution, frame, e);
      }
    } else if (frame.phase == Frame.Phase.RETRYING) {
      frame.timer = null;
      execute(execution, frame);
    }
  }

  /** Leaves a state that has no result of its own. */
  private void passOn(Execution execution, Frame frame) {
    var base = frame.currentState().base();
    leave(execution, frame, base.flow().exit(scope(execution, frame)), base.next());
  }

  /** Leaves a state with the result of its work. */
  void complete(Execution execution, Frame frame, JsonNode result) {
    var base = frame.currentState().base();
    try {
      leave(execution, frame, base.flow().exit(scope(execution, frame), result), base.next());
    } catch (StateError e) {
      fail(execution, frame, e);
    }
  }

  private void leave(Execution execution, Frame frame, Dataflow.Exit exit, @Nullable String next) {
    var state = frame.currentState();
    var text = Json.write(exit.output());
    if (tooLarge(text)) {
      throw StateError.of(
          StateError.DATA_LIMIT,
          "The state/task '%s' returned a result with a size exceeding the maximum number of bytes service limit."
              .formatted(state.name()));
    }
    frame.cancelTimer();
    frame.work = null;
    execution.dropMap(frame);
    execution.removeChildren(frame);
    history(execution).stateExited(frame, state, text, exit.assigned());
    frame.variables.putAll(exit.assigned());
    frame.input = exit.output();
    execution.changed.add(frame);
    if (next != null) {
      frame.state = next;
      frame.phase = Frame.Phase.READY;
      host.ready(execution, frame);
    } else {
      branchDone(execution, frame, exit.output(), text);
    }
  }

  static boolean tooLarge(String text) {
    return text.length() > MOST_BYTES
        || (text.length() > MOST_BYTES / 4
            && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES);
  }

  private void branchDone(Execution execution, Frame frame, JsonNode output, String text) {
    frame.phase = Frame.Phase.DONE;
    var parent = frame.parentFrame;
    if (parent == null) {
      execution.outputText = text;
      end(execution, ExecutionRecord.Status.SUCCEEDED, "ExecutionSucceeded", null, null);
      return;
    }
    frame.output = output;
    frame.input = NullNode.instance;
    if (parent.currentState() instanceof State.Map map) {
      maps.childDone(execution, parent, map, frame);
    } else {
      parallels.childDone(execution, parent, frame);
    }
  }

  /** Lets a state fail: it is tried again, or caught, or takes its branch with it. */
  void fail(Execution execution, Frame frame, StateError error) {
    var state = frame.currentState();
    var history = history(execution);
    frame.cancelTimer();
    frame.work = null;
    frame.failure = error;
    execution.changed.add(frame);
    if (error.isEvaluation()) {
      history.evaluationFailed(frame, state, error);
    }
    endRun(frame, MapRun.Status.FAILED);
    if (retry(execution, frame, state, error)) {
      return;
    }
    if (state instanceof State.Map) {
      maps.failed(execution, frame, error);
    } else if (state instanceof State.Parallel) {
      history.add(frame, "ParallelStateFailed", null);
    }
    for (var catcher : state.base().catchers()) {
      if (catcher.matches(error)) {
        execution.removeChildren(frame);
        caught(execution, frame, catcher, error);
        return;
      }
    }
    branchFailed(execution, frame, error);
  }

  private void caught(Execution execution, Frame frame, Catcher catcher, StateError error) {
    try {
      var exit = catcher.flow().exit(scope(execution, frame), error);
      leave(execution, frame, exit, catcher.next());
    } catch (StateError e) {
      if (e.isEvaluation()) {
        history(execution).evaluationFailed(frame, frame.currentState(), e);
      }
      branchFailed(execution, frame, e);
    }
  }

  private static boolean isRun(Frame frame) {
    return frame.map != null && !frame.map.runArn.isEmpty();
  }

  private void endRun(Frame frame, MapRun.Status status) {
    if (isRun(frame)) {
      host.mapRuns().ended(frame.map().runArn, status);
    }
  }

  private boolean retry(Execution execution, Frame frame, State state, StateError error) {
    var retriers = state.base().retriers();
    for (int i = 0; i < retriers.size(); i++) {
      var retrier = retriers.get(i);
      if (!retrier.matches(error)) {
        continue;
      }
      if (frame.attempts.length <= i) {
        frame.attempts = Arrays.copyOf(frame.attempts, retriers.size());
      }
      if (frame.attempts[i] >= retrier.maxAttempts()) {
        return false;
      }
      frame.attempts[i]++;
      frame.retryCount++;
      execution.dropMap(frame);
      execution.removeChildren(frame);
      frame.phase = Frame.Phase.RETRYING;
      var chance =
          new Chance(seed, execution.record.arn, frame.id, execution.nextEvent + frame.lastEvent);
      wakeAt(execution, frame, host.nowMillis() + retrier.delayMillis(frame.attempts[i], chance));
      return true;
    }
    return false;
  }

  private void branchFailed(Execution execution, Frame frame, StateError error) {
    frame.phase = Frame.Phase.HALTED;
    execution.changed.add(frame);
    var parent = frame.parentFrame;
    if (parent == null) {
      end(
          execution,
          ExecutionRecord.Status.FAILED,
          "ExecutionFailed",
          error.error(),
          error.cause());
    } else if (parent.currentState() instanceof State.Map map) {
      maps.childFailed(execution, parent, map, frame, error);
    } else {
      parallels.childFailed(execution, parent, frame, error);
    }
  }

  /** Stops an execution from outside. */
  void abort(Execution execution, @Nullable String error, @Nullable String cause) {
    end(execution, ExecutionRecord.Status.ABORTED, "ExecutionAborted", error, cause);
  }

  private void end(
      Execution execution,
      ExecutionRecord.Status status,
      String event,
      @Nullable String error,
      @Nullable String cause) {
    var record = execution.record;
    var details =
        execution.outputText == null
            ? History.failure(error, cause)
            : History.data("output", execution.outputText);
    history(execution).add(execution.root().lastEvent, event, details);
    record.status = status;
    record.stopMillis = host.nowMillis();
    record.error = error;
    record.cause = cause;
    execution.recordChanged = true;
    if (execution.timer != null) {
      execution.timer.cancel();
      execution.timer = null;
    }
    if (status == ExecutionRecord.Status.SUCCEEDED) {
      execution.removeChildren(execution.root());
      execution.changed.clear();
      execution.removed.add(0);
    } else {
      halt(execution);
    }
    host.ended(execution);
  }

  /** Keeps the frames of an execution that ended early, for a redrive. */
  private void halt(Execution execution) {
    for (var frame : execution.frames.values()) {
      frame.cancelTimer();
      endRun(frame, MapRun.Status.ABORTED);
      var work = frame.work;
      frame.work = null;
      if (work != null && work.childArn != null) {
        host.stopChild(work.childArn);
      }
      // A state whose children are gone with it begins anew; others go on in their children.
      if (frame.phase != Frame.Phase.DONE
          && (frame.phase != Frame.Phase.CHILDREN || frame.children.isEmpty())) {
        var inner = frame.children.values().stream().anyMatch(c -> c.phase != Frame.Phase.DONE);
        frame.phase = inner ? Frame.Phase.CHILDREN : Frame.Phase.HALTED;
      }
      execution.changed.add(frame);
    }
  }
}
