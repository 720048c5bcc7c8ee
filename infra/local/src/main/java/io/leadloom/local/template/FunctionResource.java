package io.leadloom.local.template;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An {@code AWS::Serverless::Function}.
 *
 * @param id the logical id
 * @param handler the class, optionally with {@code ::handleRequest}
 * @param memoryMegabytes what the context tells; nothing is limited
 * @param reservedConcurrency how many requests may run at once, if that is limited
 * @param alias the alias of AutoPublishAlias
 * @param async what happens to asynchronous invocations
 */
public record FunctionResource(
    String id,
    String name,
    String arn,
    String handler,
    Duration timeout,
    int memoryMegabytes,
    Optional<Integer> reservedConcurrency,
    Optional<String> alias,
    Map<String, String> environment,
    AsyncInvocation async) {

  /**
   * @param retries how often an event is tried again after an error, 0 to 2
   * @param deadLetterArn where the event itself goes in the end
   * @param onSuccessArn where a record of a success goes
   * @param onFailureArn where a record of the last failure goes
   */
  public record AsyncInvocation(
      int retries,
      Optional<String> deadLetterArn,
      Optional<String> onSuccessArn,
      Optional<String> onFailureArn) {}
}
