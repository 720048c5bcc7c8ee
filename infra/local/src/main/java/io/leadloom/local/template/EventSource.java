package io.leadloom.local.template;

import java.time.Duration;
import java.util.List;

/** A queue that a function reads in batches. */
public sealed interface EventSource {

  /** The function that gets the batches. */
  String functionArn();

  /**
   * An SQS queue.
   *
   * @param window how long a batch is gathered
   * @param reportsFailures whether the function names the messages that failed
   * @param maximumConcurrency how many batches may be at work at once
   * @param filters event patterns, as JSON; a message that matches none is dropped
   */
  record Queue(
      String functionArn,
      String queueArn,
      int batchSize,
      Duration window,
      boolean reportsFailures,
      int maximumConcurrency,
      List<String> filters)
      implements EventSource {}
}
