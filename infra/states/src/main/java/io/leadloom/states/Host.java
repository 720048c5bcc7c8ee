package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.time.Instant;
import java.util.function.Consumer;

/** What the interpreter needs of the engine around it. All of it is for the engine's thread. */
interface Host {

  /** The time, in milliseconds since the epoch. */
  long nowMillis();

  /** Lets a frame go on, in this turn or the next. */
  void ready(Execution execution, Frame frame);

  /** Does something with an execution at an instant, on the engine's thread. */
  StackClock.Timer at(Execution execution, Instant due, Runnable action);

  /**
   * Calls a service once what has been done so far is stored; the answer comes back on the engine's
   * thread.
   */
  void call(Execution execution, String resource, JsonNode arguments, Consumer<Answer> answered);

  /** Says that an execution is over. */
  void ended(Execution execution);

  /**
   * Starts another execution for a task.
   *
   * @throws StatesException when it cannot be started
   */
  ExecutionRecord startChild(JsonNode arguments, String token, boolean wantsJson);

  /** Stops an execution that a task waited for, which does not wait any more. */
  void stopChild(String arn);

  /** The book of the runs of distributed Maps. */
  MapRuns mapRuns();

  /** The activities. */
  Activities activities();
}
