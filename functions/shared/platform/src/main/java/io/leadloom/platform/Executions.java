package io.leadloom.platform;

import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Starts executions of state machines and resumes those that wait with a task token. */
@Singleton
public final class Executions {

  private final SfnClient states;

  Executions(SfnClient states) {
    this.states = states;
  }

  /** Starts an execution under a derived name, so that starting twice starts once. */
  public void start(String machineArn, String name, Object input) {
    try {
      states.startExecution(b -> b.stateMachineArn(machineArn).name(name).input(Json.write(input)));
    } catch (ExecutionAlreadyExistsException e) {
      // It was started before: that is what the caller wants.
    } catch (SdkException e) {
      throw new TransientException("execution.not-started", "An execution could not be started", e);
    }
  }

  /** Whether the execution of that name ended before its work was done. */
  public boolean failed(String machineArn, String name) {
    var arn = machineArn.replace(":stateMachine:", ":execution:") + ":" + name;
    try {
      return switch (states.describeExecution(b -> b.executionArn(arn)).status()) {
        case FAILED, TIMED_OUT, ABORTED -> true;
        case RUNNING, SUCCEEDED, PENDING_REDRIVE, UNKNOWN_TO_SDK_VERSION -> false;
        case null -> false;
      };
    } catch (ExecutionDoesNotExistException e) {
      return false;
    } catch (SdkException e) {
      throw new TransientException("execution.not-seen", "An execution could not be looked at", e);
    }
  }

  /**
   * Resumes an execution with an answer.
   *
   * @return whether it waited: false where it was resumed before, timed out or ended
   */
  public boolean resume(String taskToken, Object answer) {
    try {
      states.sendTaskSuccess(b -> b.taskToken(taskToken).output(Json.write(answer)));
      return true;
    } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
      return false;
    } catch (SdkException e) {
      throw new TransientException("execution.not-resumed", "An execution could not be resumed", e);
    }
  }
}
