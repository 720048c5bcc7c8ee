package io.leadloom.states;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is known of one run of a distributed Map, also when it is over. */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
final class MapRun {

  /** Where a run stands. The names are those of the API. */
  enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABORTED
  }

  String arn = "";
  String executionArn = "";
  String machineArn = "";

  /** The execution, and the frame in it, that the run belongs to. */
  long sequence;

  int frame;

  Status status = Status.RUNNING;
  long startMillis;
  long stopMillis;
  int redriveCount;
  long redriveMillis;

  /** As it was asked for; 0 for as many as possible. */
  long maxConcurrency;

  @Nullable BigDecimal toleratedCount;
  @Nullable BigDecimal toleratedPercentage;

  /** How many items there are, and in how many child executions. */
  int items;

  int children;

  boolean resultsWritten;
}
