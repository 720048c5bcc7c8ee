package io.leadloom.states;

import org.jspecify.annotations.Nullable;

/**
 * A state that failed. {@code Retry} and {@code Catch} see the error; what they do not handle ends
 * the branch.
 */
final class StateError extends RuntimeException {

  private static final long serialVersionUID = 1;

  static final String RUNTIME = "States.Runtime";

  static final String EVALUATION = "States.QueryEvaluationError";
  static final String TIMEOUT = "States.Timeout";
  static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
  static final String DATA_LIMIT = "States.DataLimitExceeded";
  static final String TASK_FAILED = "States.TaskFailed";
  static final String ITEM_READER = "States.ItemReaderFailed";
  static final String RESULT_WRITER = "States.ResultWriterFailed";
  static final String TOO_MANY_FAILURES = "States.ExceedToleratedFailureThreshold";

  private final @Nullable String error;
  private final @Nullable String cause;
  private final @Nullable String location;
  private final boolean ofTask;
  private final boolean missedHeartbeat;
  private final boolean ofEvaluation;

  private StateError(
      @Nullable String error,
      @Nullable String cause,
      @Nullable String location,
      boolean ofTask,
      boolean missedHeartbeat,
      boolean ofEvaluation) {
    super(error + ": " + cause, null, false, false);
    this.error = error;
    this.cause = cause;
    this.location = location;
    this.ofTask = ofTask;
    this.missedHeartbeat = missedHeartbeat;
    this.ofEvaluation = ofEvaluation;
  }

  /** An error that a Fail state, a branch or an evaluated field brought about. */
  static StateError of(@Nullable String error, @Nullable String cause) {
    return new StateError(error, cause, null, false, false, false);
  }

  /** An error that the work of a Task ended with. */
  static StateError ofTask(@Nullable String error, @Nullable String cause) {
    return new StateError(error, cause, null, true, false, false);
  }

  /** A task that took too long, or was silent for too long. AWS names both the same. */
  static StateError ofTimeout(boolean missedHeartbeat) {
    return new StateError(TIMEOUT, "", null, true, missedHeartbeat, false);
  }

  /** A JSONata field that could not be evaluated; the location is the field's path, if known. */
  static StateError ofEvaluation(String cause, @Nullable String location) {
    return new StateError(EVALUATION, cause, location, false, false, true);
  }

  @Nullable String error() {
    return error;
  }

  @Nullable String cause() {
    return cause;
  }

  @Nullable String location() {
    return location;
  }

  /** Whether the error came out of the work of a Task, rather than out of the machine itself. */
  boolean ofTask() {
    return ofTask;
  }

  /** Whether a JSONata field of the state itself could not be evaluated. */
  boolean isEvaluation() {
    return ofEvaluation;
  }

  /** The error as the state sees it whose branch or item failed. */
  StateError ofBranch() {
    return new StateError(error, cause, null, ofTask, missedHeartbeat, false);
  }

  /**
   * Whether a rule's error name covers this error. Faults of the machine itself are covered by
   * none. {@code States.ALL} covers all others but an output of the state that is too large, {@code
   * States.TaskFailed} everything of a task but its timeouts.
   */
  boolean matches(String name) {
    if (RUNTIME.equals(error) && !ofTask) {
      return false;
    }
    return switch (name) {
      case "States.ALL" -> ofTask || !DATA_LIMIT.equals(error);
      case TASK_FAILED ->
          TASK_FAILED.equals(error)
              || (ofTask && !TIMEOUT.equals(error) && !DATA_LIMIT.equals(error));
      case HEARTBEAT_TIMEOUT -> missedHeartbeat || HEARTBEAT_TIMEOUT.equals(error);
      default -> name.equals(error);
    };
  }
}
