package io.leadloom.states;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The book of all runs of distributed Maps and of their child executions. Children run as frames of
 * their execution; here they are what the API shows of them. Used by the engine's thread alone.
 */
final class MapRuns {

  private final Store store;
  private final LongSupplier nowMillis;

  MapRuns(Store store, LongSupplier nowMillis) {
    this.store = store;
    this.nowMillis = nowMillis;
  }

  /** A Map has begun to read its items. */
  void began(Execution execution, Frame frame, long maxConcurrency) {
    var progress = frame.map();
    var run = new MapRun();
    run.arn = progress.runArn;
    run.executionArn = execution.record.arn;
    run.machineArn = execution.record.machineArn;
    run.sequence = execution.record.sequence;
    run.frame = frame.id;
    run.startMillis = nowMillis.getAsLong();
    run.maxConcurrency = maxConcurrency;
    run.toleratedCount = progress.toleratedCount;
    run.toleratedPercentage = progress.toleratedPercentage;
    store.put(run);
  }

  /** A Map knows how much it has to do. */
  void sized(String runArn, int items, int children) {
    change(
        runArn,
        run -> {
          run.items = items;
          run.children = children;
        });
  }

  void childBegan(Frame frame, Frame child, int items) {
    var runArn = frame.map().runArn;
    var entry = new MapChild();
    // As the run is .../LABEL:ID, its children are of the machine .../LABEL.
    var labelled = runArn.substring(0, runArn.lastIndexOf(':'));
    entry.name =
        UUID.nameUUIDFromBytes((runArn + " " + child.index).getBytes(StandardCharsets.UTF_8))
            .toString();
    entry.arn = labelled.replace(":mapRun:", ":execution:") + ":" + entry.name;
    entry.machineArn = labelled.replace(":mapRun:", ":stateMachine:");
    entry.runArn = runArn;
    entry.index = child.index;
    entry.items = items;
    entry.startMillis = nowMillis.getAsLong();
    entry.input = Json.write(child.input);
    store.put(entry);
  }

  void childSucceeded(Frame frame, Frame child) {
    var entry = store.mapChild(frame.map().runArn, child.index);
    if (entry != null) {
      entry.output = child.output == null ? null : Json.write(child.output);
      close(entry, ExecutionRecord.Status.SUCCEEDED);
    }
  }

  void childFailed(Frame frame, Frame child, StateError error) {
    var entry = store.mapChild(frame.map().runArn, child.index);
    if (entry != null) {
      entry.error = error.error();
      entry.cause = error.cause();
      close(entry, ExecutionRecord.Status.FAILED);
    }
  }

  private void close(MapChild child, ExecutionRecord.Status status) {
    child.status = status;
    child.stopMillis = nowMillis.getAsLong();
    store.put(child);
  }

  /** A run is over, unless it was before; what still runs in it is stopped. */
  void ended(String runArn, MapRun.Status status) {
    var run = store.mapRun(runArn);
    if (run == null || run.status != MapRun.Status.RUNNING) {
      return;
    }
    run.status = status;
    run.stopMillis = nowMillis.getAsLong();
    store.put(run);
    if (status != MapRun.Status.SUCCEEDED) {
      children(runArn).stream()
          .filter(MapChild::running)
          .forEach(child -> close(child, ExecutionRecord.Status.ABORTED));
    }
  }

  void resultsWritten(String runArn) {
    change(runArn, run -> run.resultsWritten = true);
  }

  /** A run goes on with what was stopped in it. */
  void redriven(String runArn) {
    change(
        runArn,
        run -> {
          run.status = MapRun.Status.RUNNING;
          run.stopMillis = 0;
          run.redriveCount++;
          run.redriveMillis = nowMillis.getAsLong();
        });
    for (var child : children(runArn)) {
      if (child.status == ExecutionRecord.Status.ABORTED) {
        child.status = ExecutionRecord.Status.RUNNING;
        child.stopMillis = 0;
        store.put(child);
      }
    }
  }

  void put(MapRun run) {
    store.put(run);
  }

  /** Runs that began before there was this book are not in it. */
  private void change(String arn, Consumer<MapRun> change) {
    var run = find(arn);
    if (run != null) {
      change.accept(run);
      store.put(run);
    }
  }

  @Nullable MapRun find(String arn) {
    return store.mapRun(arn);
  }

  @Nullable MapChild findChild(String arn) {
    return store.mapChild(arn);
  }

  /** The children of a run, in the order of their items. */
  List<MapChild> children(String runArn) {
    return store.mapChildren(runArn);
  }

  /** The runs of an execution, the newest first. */
  List<MapRun> ofExecution(String executionArn) {
    return store.mapRuns().stream()
        .filter(run -> run.executionArn.equals(executionArn))
        .sorted((a, b) -> Long.compare(b.startMillis, a.startMillis))
        .toList();
  }
}
