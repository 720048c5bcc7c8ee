package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Step Functions on one machine. */
public final class StatesService implements AutoCloseable {

  private StatesService() {}

  /**
   * Opens the service. Executions in the file go on once {@link #start()} is called, so that the
   * outside world can be up first.
   *
   * @param file where everything is kept; null keeps it in memory
   */
  public static StatesService open(
      @Nullable Path file, StackClock clock, TaskServices services, StatesOptions options) {
    return new StatesService();
  }

  /** The instant of the last commit in the file, so that a virtual clock can go on from there. */
  public static Optional<Instant> lastInstant(Path file) {
    return Optional.empty();
  }

  /** Resumes what the file holds and begins to work. */
  public void start() {}

  /**
   * One API call.
   *
   * @param action for example {@code StartExecution}
   * @param request the body of the request, as in the JSON 1.0 protocol
   * @return the body of the response
   * @throws StatesException when the call is refused
   */
  public JsonNode call(String action, JsonNode request) {
    throw new StatesException("UnknownOperationException", "The action " + action + " is unknown");
  }

  /** Whether nothing is runnable and no task call is in flight; waits and tokens do not count. */
  public boolean idle() {
    return true;
  }

  @Override
  public void close() {}
}
