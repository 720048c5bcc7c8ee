package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which executions move. It works in turns: it takes in what has happened, lets
 * everything run that can, stores all of it in one commit, and only then lets effects out, that is,
 * calls to services and answers to callers. What a caller was told is therefore stored, and a crash
 * loses nothing but calls whose answers were not stored; they are made again.
 */
final class Engine implements Host, Activities.TaskTaker, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** How much may be done before it is stored. */
  private static final int TURN_STEPS = 500;

  private final Store store;
  private final StackClock clock;
  private final TaskServices services;
  private final StatesOptions options;
  private final Interpreter interpreter;
  private final Machines machines;
  private final Activities activities;
  private final ExecutionIndex executions = new ExecutionIndex();
  private final ExecutionStarter starter;
  private final Announcer announcer;
  private final MapRuns mapRuns;

  private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final Deque<Ready> ready = new ArrayDeque<>();
  private final Set<Execution> touched = new LinkedHashSet<>();
  private final List<Runnable> effects = new ArrayList<>();
  private final Set<CompletableFuture<?>> awaited = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> resumed = new CompletableFuture<>();
  private final Thread thread;
  private boolean stopped;

  // Guarded by this.
  private StackClock.@Nullable Hold hold;
  private int callsInFlight;
  private boolean closed;

  private record Ready(Execution execution, Frame frame) {}

  Engine(
      Store store,
      StackClock clock,
      TaskServices services,
      StatesOptions options,
      ExecutionListener listener) {
    this.store = store;
    this.clock = clock;
    this.services = services;
    this.options = options;
    this.machines = new Machines(store);
    this.activities = new Activities(store, this);
    this.mapRuns = new MapRuns(store, this::nowMillis);
    this.interpreter = new Interpreter(this, options.seed());
    this.starter = new ExecutionStarter(this, machines, executions, store);
    this.announcer = new Announcer(this, store, listener);
    store.executions().forEach(executions::add);
    this.thread = Thread.ofPlatform().name("states-engine").daemon().unstarted(this::run);
    thread.start();
  }

  /** Takes up the executions that the store holds. */
  void start() {
    submit(() -> {
      announcer.resume();
      executions.unfinished().forEach(this::takeUp);
      resumed.complete(null);
    });
  }

  /** One execution that cannot be read must not keep the others from going on. */
  private void takeUp(ExecutionRecord record) {
    try {
      var execution = load(record);
      executions.addRunning(execution);
      advance(execution, () -> interpreter.resume(execution));
    } catch (RuntimeException e) {
      LOG.error("The execution {} cannot be taken up; it stays as it is", record.arn, e);
    }
  }

  /** Waits until executions can be asked for: before, those in the store are not known to run. */
  void awaitStart() {
    join(resumed);
  }

  /** Reads an execution that is not in memory. */
  Execution load(ExecutionRecord record) {
    var execution =
        new Execution(record, machines.definition(record.revision), store.input(record.sequence));
    execution.nextEvent = store.lastEvent(record.sequence) + 1;
    var frames = store.frames(record.sequence);
    frames.sort(Comparator.comparingInt(f -> f.id));
    for (var frame : frames) {
      if (frame.map != null) {
        frame.map.items = store.items(record.sequence, frame.id);
      }
      var parent = execution.frames.get(frame.parent);
      execution.attach(frame, parent, branchOf(execution, parent, frame));
    }
    return execution;
  }

  private static Branch branchOf(Execution execution, @Nullable Frame parent, Frame frame) {
    if (parent == null) {
      return execution.definition.root();
    }
    return switch (parent.currentState()) {
      case State.Parallel parallel -> parallel.branches().get(frame.index);
      case State.Map map -> map.processor();
      default -> throw new IllegalStateException("Frame " + frame.id + " has a childless parent");
    };
  }

  // ---- Turns

  private void run() {
    try {
      while (!stopped) {
        if (ready.isEmpty()) {
          guarded(commands.take());
        }
        turn();
        rest();
      }
    } catch (InterruptedException | RuntimeException e) {
      // Nothing that was not stored has got out, so a new process can go on from here.
      LOG.error("The engine cannot go on", e);
    } finally {
      abandon();
    }
  }

  /** Refuses everything from now on, and tells those who wait. */
  private void abandon() {
    synchronized (this) {
      closed = true;
      if (hold != null) {
        hold.close();
        hold = null;
      }
    }
    resumed.completeExceptionally(stoppedError());
    awaited.forEach(future -> future.completeExceptionally(stoppedError()));
  }

  private static IllegalStateException stoppedError() {
    return new IllegalStateException("The state machine engine has been stopped");
  }

  private void turn() {
    for (int steps = 0; steps < TURN_STEPS; steps++) {
      var command = commands.poll();
      if (command != null) {
        guarded(command);
      }
      var next = ready.poll();
      if (next != null) {
        advance(next.execution, () -> interpreter.step(next.execution, next.frame));
      } else if (command == null) {
        break;
      }
    }
    commit();
    var due = List.copyOf(effects);
    effects.clear();
    due.forEach(Engine::guarded);
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("A command failed", e);
    }
  }

  /** Does something with an execution; a defect in it must not leave the execution hanging. */
  private void advance(Execution execution, Runnable action) {
    touched.add(execution);
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("The execution {} cannot go on", execution.record.arn, e);
      if (execution.record.running()) {
        interpreter.abort(execution, StateError.RUNTIME, String.valueOf(e.getMessage()));
      }
    }
  }

  private void commit() {
    for (var execution : touched) {
      if (!execution.record.express) {
        save(execution);
      }
    }
    touched.clear();
    if (store.hasChanges()) {
      store.commit(nowMillis());
    }
  }

  private void save(Execution execution) {
    var sequence = execution.record.sequence;
    if (!execution.newEvents.isEmpty()) {
      var events = Json.array().addAll(execution.newEvents);
      store.append(sequence, events.get(0).path("id").intValue(), events);
      execution.newEvents.clear();
    }
    execution.removed.forEach(frame -> store.removeFrame(sequence, frame));
    execution.removed.clear();
    execution.removedItems.forEach(frame -> store.removeItems(sequence, frame));
    execution.removedItems.clear();
    execution.droppedRuns.forEach(run -> mapRuns.ended(run, MapRun.Status.ABORTED));
    execution.droppedRuns.clear();
    execution.newItems.forEach(frame -> store.putItems(sequence, frame));
    execution.newItems.clear();
    execution.changed.forEach(frame -> store.putFrame(sequence, frame));
    execution.changed.clear();
    if (execution.recordChanged) {
      store.put(execution.record);
      if (execution.outputText != null) {
        store.putOutput(sequence, execution.outputText);
      }
      execution.recordChanged = false;
    }
  }

  /** Lets the clock go on when there is nothing left to do. */
  private void rest() {
    synchronized (this) {
      if (!commands.isEmpty() || !ready.isEmpty() || hold == null) {
        return;
      }
      hold.close();
      hold = null;
    }
    store.compactIfDue();
  }

  /** Does something on the engine's thread in a while. */
  void submit(Runnable command) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (hold == null) {
        hold = clock.hold();
      }
      commands.add(command);
    }
  }

  /** Whether nothing runs and no call is in flight. */
  synchronized boolean idle() {
    return hold == null && callsInFlight == 0;
  }

  /**
   * Does something on the engine's thread and returns what came of it once it is stored.
   *
   * @throws StatesException as the action does
   */
  <T> T transact(Supplier<T> action) {
    var result = new CompletableFuture<T>();
    awaited.add(result);
    submit(() -> {
      try {
        T value = action.get();
        effects.add(() -> result.complete(value));
      } catch (RuntimeException e) {
        effects.add(() -> result.completeExceptionally(e));
      }
    });
    return await(result);
  }

  /**
   * Waits for something that the engine will do.
   *
   * @throws IllegalStateException when the engine is stopped before that
   */
  <T> T await(CompletableFuture<T> future) {
    awaited.add(future);
    try {
      if (isClosed()) {
        future.completeExceptionally(stoppedError());
      }
      return join(future);
    } finally {
      awaited.remove(future);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  // ---- What the interpreter needs

  @Override
  public long nowMillis() {
    return clock.instant().toEpochMilli();
  }

  @Override
  public void ready(Execution execution, Frame frame) {
    ready.add(new Ready(execution, frame));
  }

  @Override
  public StackClock.Timer at(Execution execution, Instant due, Runnable action) {
    return clock.schedule(due, () -> submit(() -> advance(execution, action)));
  }

  @Override
  public void call(
      Execution execution, String resource, JsonNode arguments, Consumer<Answer> answered) {
    effects.add(() ->
        aside(
            services.holdsClock(resource, arguments),
            () -> answer(resource, arguments),
            answer -> {
              if (execution.record.running()) {
                advance(execution, () -> answered.accept(answer));
              }
            }));
  }

  /** Does some work on a thread of its own, and then something with its result on the engine's. */
  <T> void aside(boolean holdsClock, Supplier<T> work, Consumer<T> then) {
    var callHold = holdsClock ? clock.hold() : null;
    synchronized (this) {
      callsInFlight++;
    }
    Thread.startVirtualThread(() -> {
      var result = work.get();
      submit(() -> then.accept(result));
      synchronized (this) {
        callsInFlight--;
      }
      if (callHold != null) {
        callHold.close();
      }
    });
  }

  /** Calls a service, on this thread. */
  Answer answer(String resource, JsonNode arguments) {
    try {
      return new Answer.Success(services.call(resource, arguments));
    } catch (TaskFailedException e) {
      return new Answer.Failure(e.error(), e.cause());
    } catch (RuntimeException e) {
      LOG.error("The call of {} failed", resource, e);
      return new Answer.Failure(StateError.TASK_FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** A timer that never rings. */
  StackClock.Timer silentTimer(Instant due) {
    try (var still = clock.hold()) {
      var timer = clock.schedule(due, () -> {});
      timer.cancel();
      return timer;
    }
  }

  @Override
  public void ended(Execution execution) {
    touched.add(execution);
    executions.removeRunning(execution);
    announcer.changed(execution);
    starter.ended(execution);
  }

  @Override
  public ExecutionRecord startChild(JsonNode arguments, String token, boolean wantsJson) {
    return starter.startChild(arguments, token, wantsJson);
  }

  @Override
  public void stopChild(String arn) {
    var record = executions.find(arn);
    var child = record == null ? null : executions.running(record.sequence);
    if (child != null) {
      touched.add(child);
      interpreter.abort(child, null, null);
    }
  }

  @Override
  public MapRuns mapRuns() {
    return mapRuns;
  }

  @Override
  public Activities activities() {
    return activities;
  }

  @Override
  public void taken(Execution execution, Frame frame, Frame.Work work, @Nullable String worker) {
    touched.add(execution);
    interpreter.tasks().handedOut(execution, frame, work, worker);
  }

  @Override
  public void afterCommit(Runnable action) {
    effects.add(action);
  }

  // ---- What the API needs

  Interpreter interpreter() {
    return interpreter;
  }

  Machines machines() {
    return machines;
  }

  ExecutionIndex executions() {
    return executions;
  }

  Announcer announcer() {
    return announcer;
  }

  ExecutionStarter starter() {
    return starter;
  }

  Store store() {
    return store;
  }

  StatesOptions options() {
    return options;
  }

  /** All events of an execution, also those that this turn is going to store. */
  List<JsonNode> history(ExecutionRecord record) {
    var express = executions.findExpress(record.arn);
    if (express != null) {
      return List.copyOf(express.newEvents);
    }
    var events = store.history(record.sequence);
    for (var execution : touched) {
      if (execution.record == record) {
        events.addAll(execution.newEvents);
      }
    }
    return events;
  }

  /** The output of an execution, also when this turn is going to store it. */
  @Nullable String output(ExecutionRecord record) {
    for (var execution : touched) {
      if (execution.record == record && execution.outputText != null) {
        return execution.outputText;
      }
    }
    return store.output(record.sequence);
  }

  /** Says that an execution was changed outside of a step. */
  void touch(Execution execution) {
    touched.add(execution);
  }

  @Override
  public void close() {
    // Not by an interrupt: that would close the file under a commit.
    submit(() -> stopped = true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
