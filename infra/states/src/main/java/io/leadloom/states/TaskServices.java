package io.leadloom.states;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The services that a Task may call. Calls block; the engine makes them on virtual threads of their
 * own and at least once: after a crash, a call whose answer was not stored is made again.
 */
public interface TaskServices {

  /**
   * Calls a service.
   *
   * @param resource what follows {@code arn:aws:states:::} without the suffix of the integration
   *     pattern, for example {@code lambda:invoke}, {@code dynamodb:updateItem}, {@code
   *     sqs:sendMessage} or {@code aws-sdk:s3:getObject}. A bare Lambda ARN arrives as {@code
   *     lambda:function} with the arguments {@code {"FunctionName": arn, "Payload": ...}}.
   * @param arguments the evaluated Arguments or Parameters of the state
   * @return the service's answer as Step Functions would show it
   * @throws TaskFailedException when the service refuses or fails
   */
  JsonNode call(String resource, JsonNode arguments) throws TaskFailedException;

  /**
   * Whether the clock stands still while the call is made, which is right for everything that
   * works. A service that itself waits for the clock says no; otherwise it would wait for ever.
   */
  default boolean holdsClock(String resource, JsonNode arguments) {
    return true;
  }
}
