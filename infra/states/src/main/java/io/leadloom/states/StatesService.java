package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Step Functions on one machine: an interpreter of the Amazon States Language that answers the Step
 * Functions API. Executions, their histories, timers and tokens are kept in one file; an execution
 * whose process was killed goes on where it was.
 *
 * <p>All methods may be called from any thread.
 */
public final class StatesService implements AutoCloseable {

  /** How long GetActivityTask waits for work, in real time. */
  private static final Duration LONG_POLL = Duration.ofSeconds(60);

  private final Engine engine;
  private final MachineActions machines;
  private final ExecutionActions executions;
  private final TaskActions tasks;
  private final VersionActions versions;
  private final MapRunActions mapRuns;
  private final StateTrials trials;

  private StatesService(Engine engine) {
    this.engine = engine;
    this.machines = new MachineActions(engine);
    this.mapRuns = new MapRunActions(engine);
    this.trials = new StateTrials(engine);
    this.executions = new ExecutionActions(engine, mapRuns);
    this.tasks = new TaskActions(engine);
    this.versions = new VersionActions(engine);
  }

  /**
   * Opens the service. Executions in the file go on once {@link #start()} is called, so that the
   * outside world can be up first.
   *
   * @param file where everything is kept; null keeps it in memory
   */
  public static StatesService open(
      @Nullable Path file, StackClock clock, TaskServices services, StatesOptions options) {
    return open(file, clock, services, options, ExecutionListener.none());
  }

  /** Opens the service as above, with someone to tell of executions that start and end. */
  public static StatesService open(
      @Nullable Path file,
      StackClock clock,
      TaskServices services,
      StatesOptions options,
      ExecutionListener listener) {
    return new StatesService(new Engine(Store.open(file), clock, services, options, listener));
  }

  /** The instant of the last commit in a file, so that a virtual clock can go on from there. */
  public static Optional<Instant> lastInstant(Path file) {
    return Store.lastInstant(file);
  }

  /**
   * Takes up the executions that the file holds. State machines can be created and described
   * before; all other calls wait until then.
   */
  public void start() {
    engine.start();
  }

  /**
   * One API call. What it answers is stored.
   *
   * @param action for example {@code StartExecution}
   * @param request the body of the request, as in the JSON 1.0 protocol
   * @return the body of the response
   * @throws StatesException when the call is refused
   */
  public JsonNode call(String action, JsonNode request) {
    if (!action.endsWith("StateMachine")) {
      engine.awaitStart();
    }
    return switch (action) {
      case "StartSyncExecution" ->
          ExecutionActions.describeSync(
              engine.await(engine.transact(() -> executions.startSync(request))));
      case "GetActivityTask" -> awaitTask(request);
      case "TestState" -> trials.test(request);
      case "ValidateStateMachineDefinition" -> MachineActions.validate(request);
      default -> engine.transact(() -> dispatch(action, request));
    };
  }

  private JsonNode dispatch(String action, JsonNode request) {
    return switch (action) {
      case "CreateStateMachine" -> machines.create(request);
      case "UpdateStateMachine" -> machines.update(request);
      case "DeleteStateMachine" -> machines.delete(request);
      case "DescribeStateMachine" -> machines.describe(request);
      case "DescribeStateMachineForExecution" -> machines.describeForExecution(request);
      case "ListStateMachines" -> machines.list(request);
      case "ListTagsForResource" -> machines.tags(request);
      case "TagResource" -> machines.tag(request);
      case "UntagResource" -> machines.untag(request);
      case "PublishStateMachineVersion" -> versions.publish(request);
      case "ListStateMachineVersions" -> versions.list(request);
      case "DeleteStateMachineVersion" -> versions.delete(request);
      case "CreateStateMachineAlias" -> versions.createAlias(request);
      case "DescribeStateMachineAlias" -> versions.describeAlias(request);
      case "UpdateStateMachineAlias" -> versions.updateAlias(request);
      case "DeleteStateMachineAlias" -> versions.deleteAlias(request);
      case "ListStateMachineAliases" -> versions.listAliases(request);
      case "StartExecution" -> executions.start(request);
      case "DescribeExecution" -> executions.describe(request);
      case "ListExecutions" -> executions.list(request);
      case "StopExecution" -> executions.stop(request);
      case "RedriveExecution" -> executions.redrive(request);
      case "GetExecutionHistory" -> executions.history(request);
      case "DescribeMapRun" -> mapRuns.describe(request);
      case "ListMapRuns" -> mapRuns.list(request);
      case "UpdateMapRun" -> mapRuns.update(request);
      case "SendTaskSuccess" -> tasks.sendSuccess(request);
      case "SendTaskFailure" -> tasks.sendFailure(request);
      case "SendTaskHeartbeat" -> tasks.sendHeartbeat(request);
      case "CreateActivity" -> tasks.createActivity(request);
      case "DeleteActivity" -> tasks.deleteActivity(request);
      case "DescribeActivity" -> tasks.describeActivity(request);
      case "ListActivities" -> tasks.listActivities(request);
      default ->
          throw new StatesException(
              "UnknownOperationException", "The action " + action + " is not supported");
    };
  }

  private JsonNode awaitTask(JsonNode request) {
    CompletableFuture<JsonNode> task = engine.transact(() -> tasks.ask(request));
    CompletableFuture.delayedExecutor(LONG_POLL.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> engine.submit(() -> tasks.withdraw(task)));
    return engine.await(task);
  }

  /** Whether nothing is runnable and no task call is in flight; waits and tokens do not count. */
  public boolean idle() {
    return engine.idle();
  }

  @Override
  public void close() {
    engine.close();
  }
}
