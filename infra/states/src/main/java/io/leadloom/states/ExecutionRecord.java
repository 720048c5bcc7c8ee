package io.leadloom.states;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What is known of an execution apart from its data and its history. */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
final class ExecutionRecord {

  /** Where an execution stands. The names are those of the API. */
  enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
  }

  long sequence;
  String arn = "";
  String name = "";
  String machineArn = "";
  String machineName = "";
  String roleArn = "";

  /** The revision of the definition that it runs. */
  String revision = "";

  /** The version that it runs, if it was started by one or by an alias. */
  @Nullable String versionArn;

  @Nullable String aliasArn;

  Status status = Status.RUNNING;
  long startMillis;
  long stopMillis;
  int redriveCount;
  long redriveMillis;
  boolean express;
  @Nullable String error;
  @Nullable String cause;

  /** The token of the task that waits for this execution. */
  @Nullable String parentToken;

  /** Whether that task wants the output as JSON rather than as text. */
  boolean parentWantsJson;

  boolean running() {
    return status == Status.RUNNING;
  }
}
