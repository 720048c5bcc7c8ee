package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The work of Map states, inline and distributed. */
final class Maps {

  private static final int INLINE_CONCURRENCY = 40;
  private static final int DISTRIBUTED_CONCURRENCY = 10_000;

  private final Interpreter interpreter;
  private final Host host;

  Maps(Interpreter interpreter, Host host) {
    this.interpreter = interpreter;
    this.host = host;
  }

  void begin(Execution execution, Frame frame, State.Map state) {
    var scope = scope(execution, frame, state);
    var history = interpreter.history(execution);
    var progress = new Frame.MapProgress();
    var reader = state.items().reader();
    var language = state.base().flow().language();
    var limit = nonNegative(scope, state.maxConcurrency());
    var most = state.distributed() ? DISTRIBUTED_CONCURRENCY : INLINE_CONCURRENCY;
    progress.concurrency = concurrency(limit, most);
    if (reader == null) {
      progress.items = state.items().evaluate(scope, language);
    }
    history.add(frame, "MapStateStarted", Json.object().put("length", progress.items.size()));
    progress.toleratedCount = nonNegative(scope, state.toleratedCount());
    progress.toleratedPercentage = percentage(scope, state.toleratedPercentage());
    frame.map = progress;
    if (state.distributed()) {
      progress.runArn = runArn(execution, frame, state, scope.chance());
      host.mapRuns().began(execution, frame, limit == null ? 0 : limit.longValue());
      history.add(frame, "MapRunStarted", Json.object().put("mapRunArn", progress.runArn));
    }
    if (reader != null) {
      read(execution, frame, scope, reader);
    } else {
      run(execution, frame, state, scope);
    }
  }

  private static long concurrency(@Nullable BigDecimal limit, long most) {
    return limit == null || limit.signum() == 0 ? most : Math.min(most, limit.longValue());
  }

  /** How many children of a distributed Map may run at once, by what was asked for. */
  static long distributedConcurrency(BigDecimal limit) {
    return concurrency(limit, DISTRIBUTED_CONCURRENCY);
  }

  /** The limits of a Map were changed: there may be room for more children. */
  void adjusted(Execution execution, Frame frame) {
    if (frame.phase == Frame.Phase.CHILDREN && frame.currentState() instanceof State.Map state) {
      goOn(execution, frame, state);
    }
  }

  private Scope scope(Execution execution, Frame frame, State.Map state) {
    var scope = interpreter.scope(execution, frame);
    return scope.withData(state.base().flow().input(scope));
  }

  private static @Nullable BigDecimal nonNegative(Scope scope, NumberField field) {
    var value = field.evaluate(scope);
    if (value != null && value.signum() < 0) {
      throw scope.runtimeError(field.field() + " cannot be negative.");
    }
    return value;
  }

  private static @Nullable BigDecimal percentage(Scope scope, NumberField field) {
    var value = field.evaluate(scope);
    if (value != null && (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(100)) > 0)) {
      throw scope.runtimeError(field.field() + " must be between 0 and 100.");
    }
    return value;
  }

  private static String runArn(Execution execution, Frame frame, State.Map state, Chance chance) {
    var label = state.label() == null ? chance.uuid().toString() : state.label();
    return execution.record.machineArn.replace(":stateMachine:", ":mapRun:")
        + "/"
        + label
        + ":"
        + chance.uuid();
  }

  private void read(Execution execution, Frame frame, Scope scope, ItemReader reader) {
    var work = new Frame.Work();
    work.call = reader.resource();
    work.arguments =
        reader.arguments() == null ? Json.object() : reader.arguments().evaluate(scope);
    frame.map().itemLimit = reader.limit(scope);
    frame.work = work;
    frame.phase = Frame.Phase.WORKING;
    call(execution, frame, work);
  }

  private void call(Execution execution, Frame frame, Frame.Work work) {
    host.call(
        execution, work.call, work.arguments, answer -> answered(execution, frame, work, answer));
  }

  /** Takes up the reading or writing that a restart broke off. */
  void resume(Execution execution, Frame frame) {
    call(execution, frame, frame.work());
  }

  private void answered(Execution execution, Frame frame, Frame.Work work, Answer answer) {
    if (frame.work != work || !(frame.currentState() instanceof State.Map state)) {
      return;
    }
    frame.work = null;
    execution.changed.add(frame);
    try {
      var result = frame.map().written;
      if (result != null && state.writer() != null) {
        written(execution, frame, state.writer(), result, answer);
        return;
      }
      var scope = scope(execution, frame, state);
      var reader = state.items().reader();
      if (answer instanceof Answer.Failure failure) {
        throw StateError.of(StateError.ITEM_READER, failure.cause());
      }
      if (answer instanceof Answer.Success(var output) && reader != null) {
        frame.map().items = reader.items(output, frame.map().itemLimit);
      }
      run(execution, frame, state, scope);
    } catch (StateError e) {
      interpreter.fail(execution, frame, e);
    }
  }

  private void run(Execution execution, Frame frame, State.Map state, Scope scope) {
    var progress = frame.map();
    frame.phase = Frame.Phase.CHILDREN;
    if (state.distributed()) {
      var selected = Json.array();
      for (int i = 0; i < progress.items.size(); i++) {
        selected.add(select(state, scope, i, progress.items.get(i)));
      }
      progress.items =
          state.batcher() == null ? selected : state.batcher().batches(scope, selected);
      host.mapRuns().sized(progress.runArn, selected.size(), progress.items.size());
    }
    execution.newItems.add(frame);
    spawn(execution, frame, state);
    finishIfDone(execution, frame, state);
  }

  private static JsonNode select(State.Map state, Scope scope, int index, JsonNode item) {
    if (state.itemSelector() == null) {
      return item;
    }
    var context = ContextObject.withItem(scope.context(), index, item);
    return state.itemSelector().evaluate(scope.withContext(context));
  }

  /** Starts as many items as may run at once. */
  private void spawn(Execution execution, Frame frame, State.Map state) {
    var progress = frame.map();
    var running = frame.children.values().stream().filter(c -> c.phase != Frame.Phase.DONE).count();
    int next = frame.children.isEmpty() ? 0 : frame.children.lastKey() + 1;
    var scope = next < progress.items.size() ? scope(execution, frame, state) : null;
    var history = interpreter.history(execution);
    while (scope != null && running < progress.concurrency && next < progress.items.size()) {
      var item = progress.items.get(next);
      var input = state.distributed() ? item : select(state, scope, next, item);
      var child = execution.add(frame, next, state.processor(), input);
      child.item = item;
      if (state.distributed()) {
        child.silent = true;
        var items = state.batcher() == null ? 1 : item.path("Items").size();
        host.mapRuns().childBegan(frame, child, items);
      } else {
        child.lastEvent = history.iteration(frame, frame.lastEvent, "Started", state.name(), next);
      }
      host.ready(execution, child);
      running++;
      next++;
    }
  }

  void childDone(Execution execution, Frame frame, State.Map state, Frame child) {
    if (!state.distributed()) {
      var event =
          interpreter
              .history(execution)
              .iteration(frame, child.lastEvent, "Succeeded", state.name(), child.index);
      // What follows an iteration follows its last state, except for the end of the Map.
      var last = frame.children.size() == frame.map().items.size() && allDone(frame);
      frame.lastEvent = last ? event : child.lastEvent;
      execution.changed.add(frame);
    } else {
      host.mapRuns().childSucceeded(frame, child);
    }
    goOn(execution, frame, state);
  }

  private static boolean allDone(Frame frame) {
    return frame.children.values().stream().allMatch(c -> c.phase == Frame.Phase.DONE);
  }

  private void goOn(Execution execution, Frame frame, State.Map state) {
    try {
      spawn(execution, frame, state);
      finishIfDone(execution, frame, state);
    } catch (StateError e) {
      interpreter.fail(execution, frame, e);
    }
  }

  void childFailed(
      Execution execution, Frame frame, State.Map state, Frame child, StateError error) {
    if (!state.distributed()) {
      interpreter
          .history(execution)
          .iteration(frame, child.lastEvent, "Failed", state.name(), child.index);
      frame.lastEvent = child.lastEvent;
      abortOthers(execution, frame, state, child);
      interpreter.fail(execution, frame, error.ofBranch());
      return;
    }
    var progress = frame.map();
    progress.failures++;
    host.mapRuns().childFailed(frame, child, error);
    execution.changed.add(frame);
    child.phase = Frame.Phase.DONE;
    execution.removeChildren(child);
    if (exceeded(progress)) {
      interpreter.fail(
          execution,
          frame,
          StateError.of(
              StateError.TOO_MANY_FAILURES,
              "The specified tolerated failure threshold was exceeded"));
    } else {
      goOn(execution, frame, state);
    }
  }

  private void abortOthers(Execution execution, Frame frame, State.Map state, Frame failed) {
    var history = interpreter.history(execution);
    for (var other : frame.children.values()) {
      if (other != failed && other.phase != Frame.Phase.DONE) {
        history.iteration(frame, other.lastEvent, "Aborted", state.name(), other.index);
      }
    }
  }

  private static boolean exceeded(Frame.MapProgress progress) {
    var failures = BigDecimal.valueOf(progress.failures);
    var count = progress.toleratedCount;
    var percentage = progress.toleratedPercentage;
    if (count == null && percentage == null) {
      return true;
    }
    if (count != null && failures.compareTo(count) > 0) {
      return true;
    }
    return percentage != null
        && failures
                .multiply(BigDecimal.valueOf(100))
                .compareTo(percentage.multiply(BigDecimal.valueOf(progress.items.size())))
            > 0;
  }

  private void finishIfDone(Execution execution, Frame frame, State.Map state) {
    if (frame.map == null
        || frame.phase != Frame.Phase.CHILDREN
        || frame.children.size() < frame.map.items.size()
        || !allDone(frame)) {
      return;
    }
    ArrayNode outputs = Json.array();
    for (var child : frame.children.values()) {
      if (child.output != null) {
        outputs.add(child.output);
      }
    }
    if (state.writer() == null) {
      succeed(execution, frame, outputs);
    } else {
      write(execution, frame, state, state.writer(), outputs);
    }
  }

  private void write(
      Execution execution, Frame frame, State.Map state, ResultWriter writer, ArrayNode outputs) {
    var progress = frame.map();
    var export = writer.export(scope(execution, frame, state), progress.runArn, outputs);
    progress.written = export.result();
    progress.writes = export.requests();
    writeNext(execution, frame, writer);
  }

  private void writeNext(Execution execution, Frame frame, ResultWriter writer) {
    var work = new Frame.Work();
    work.call = writer.resource();
    work.arguments = frame.map().writes.get(0);
    frame.work = work;
    frame.phase = Frame.Phase.WORKING;
    execution.changed.add(frame);
    call(execution, frame, work);
  }

  private void written(
      Execution execution, Frame frame, ResultWriter writer, JsonNode result, Answer answer) {
    if (answer instanceof Answer.Failure failure) {
      throw StateError.of(StateError.RESULT_WRITER, failure.cause());
    }
    frame.map().writes.remove(0);
    if (frame.map().writes.isEmpty()) {
      host.mapRuns().resultsWritten(frame.map().runArn);
      succeed(execution, frame, result);
    } else {
      writeNext(execution, frame, writer);
    }
  }

  private void succeed(Execution execution, Frame frame, JsonNode result) {
    var history = interpreter.history(execution);
    if (!frame.map().runArn.isEmpty()) {
      history.add(frame, "MapRunSucceeded", null);
      host.mapRuns().ended(frame.map().runArn, MapRun.Status.SUCCEEDED);
    }
    history.addAside(frame, frame.lastEvent, "MapStateSucceeded", null);
    interpreter.complete(execution, frame, result);
  }

  /** Records that a Map failed for good. */
  void failed(Execution execution, Frame frame, StateError error) {
    var history = interpreter.history(execution);
    if (frame.map != null && !frame.map.runArn.isEmpty()) {
      history.add(frame, "MapRunFailed", History.failure(error.error(), error.cause()));
    }
    if (frame.map != null || error.isEvaluation()) {
      history.add(frame, "MapStateFailed", null);
    }
  }
}
