package io.leadloom.states;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What is known of a child execution of a run of a distributed Map. Its history is not kept. */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
final class MapChild {

  String arn = "";
  String name = "";
  String machineArn = "";
  String runArn = "";

  /** Its place in the run. */
  int index;

  /** How many items it works on. */
  int items;

  ExecutionRecord.Status status = ExecutionRecord.Status.RUNNING;
  long startMillis;
  long stopMillis;
  String input = "";
  @Nullable String output;
  @Nullable String error;
  @Nullable String cause;

  boolean running() {
    return status == ExecutionRecord.Status.RUNNING;
  }
}
