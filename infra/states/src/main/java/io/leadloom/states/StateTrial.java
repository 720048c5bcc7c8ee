package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One state, run by itself on the thread of whoever asks: it is entered and left, its calls are
 * made, but what would come after it, a further attempt or the next state, does not come. A Wait
 * takes no time. Nothing of it is stored.
 */
final class StateTrial implements Host {

  private final Engine engine;
  private final Interpreter interpreter;
  private final Execution execution;
  private final Frame frame;
  private final @Nullable Answer mock;
  private final Deque<Runnable> calls = new ArrayDeque<>();
  private Runnable wake = () -> {};

  /**
   * @param definition whose root holds the state
   * @param mock what calls answer, instead of the services
   */
  StateTrial(
      Engine engine,
      ExecutionRecord record,
      Definition definition,
      String state,
      String input,
      Map<String, JsonNode> variables,
      @Nullable Answer mock) {
    this.engine = engine;
    this.mock = mock;
    this.interpreter = new Interpreter(this, engine.options().seed());
    this.execution = new Execution(record, definition, input);
    this.frame = execution.add(null, 0, definition.root(), execution.input);
    frame.state = state;
    frame.enteredAt = nowMillis();
    frame.variables.putAll(variables);
  }

  /** What the expressions of the state see, as long as it is not run. */
  Scope scope() {
    return interpreter.scope(execution, frame);
  }

  void run() {
    interpreter.step(execution, frame);
    while (!calls.isEmpty()) {
      calls.poll().run();
    }
    if (frame.phase == Frame.Phase.WAITING) {
      wake.run();
    }
  }

  Execution execution() {
    return execution;
  }

  Frame frame() {
    return frame;
  }

  @Override
  public long nowMillis() {
    return engine.nowMillis();
  }

  @Override
  public void ready(Execution ofThis, Frame next) {
    // The next state is not part of the trial.
  }

  @Override
  public StackClock.Timer at(Execution ofThis, Instant due, Runnable action) {
    wake = action;
    return engine.silentTimer(due);
  }

  @Override
  public void call(
      Execution ofThis, String resource, JsonNode arguments, Consumer<Answer> answered) {
    calls.add(() -> answered.accept(mock == null ? engine.answer(resource, arguments) : mock));
  }

  @Override
  public void ended(Execution ofThis) {
    // Nobody waits for it but whoever runs it.
  }

  @Override
  public ExecutionRecord startChild(JsonNode arguments, String token, boolean wantsJson) {
    return engine.transact(() -> engine.startChild(arguments, token, wantsJson));
  }

  @Override
  public void stopChild(String arn) {
    engine.submit(() -> engine.stopChild(arn));
  }

  @Override
  public MapRuns mapRuns() {
    throw new IllegalStateException("A Map is not tried by itself");
  }

  @Override
  public Activities activities() {
    throw new IllegalStateException("An activity is not tried by itself");
  }
}
