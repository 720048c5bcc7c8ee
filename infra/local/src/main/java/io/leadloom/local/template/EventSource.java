package io.leadloom.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A queue or stream that a function reads in batches. */
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

  /**
   * The stream of a DynamoDB table.
   *
   * @param window how long a batch is gathered
   * @param fromEnd whether a new reader passes over what is in the stream already
   * @param reportsFailures whether the function names the record at which it stopped
   * @param bisects whether a batch that failed is tried again in halves
   * @param maximumRetries how often a batch is tried again; as often as it takes if empty
   * @param maximumAge what is older is given up
   * @param onFailureArn where it is told what was given up
   * @param filters event patterns, as JSON; a record that matches none is passed over
   */
  record Stream(
      String functionArn,
      String tableName,
      int batchSize,
      Duration window,
      boolean fromEnd,
      boolean reportsFailures,
      boolean bisects,
      OptionalInt maximumRetries,
      Optional<Duration> maximumAge,
      Optional<String> onFailureArn,
      List<String> filters)
      implements EventSource {}
}
