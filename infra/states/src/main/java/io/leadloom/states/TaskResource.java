package io.leadloom.states;

import java.util.regex.Pattern;

/** Who does the work of a Task. */
sealed interface TaskResource {

  /** A Lambda function named by its ARN. */
  record Function(String arn) implements TaskResource {}

  /** An activity, whose workers ask for work. */
  record Activity(String arn) implements TaskResource {}

  /** An AWS service. */
  record Service(String service, String api, String suffix) implements TaskResource {

    /** The name for {@link TaskServices}. */
    String name() {
      return service + ":" + api;
    }

    /** As events call it. */
    String fullApi() {
      return suffix.isEmpty() ? api : api + "." + suffix;
    }

    boolean waitsForToken() {
      return suffix.equals("waitForTaskToken");
    }

    boolean waitsForEnd() {
      return suffix.startsWith("sync");
    }

    /** Whether the task starts another execution, which the engine does itself. */
    boolean startsExecution() {
      return name().equals("states:startExecution");
    }
  }

  Pattern SERVICE =
      Pattern.compile(
          "arn:[\\w-]+:states:::((?:aws-sdk:)?[\\w-]+):(\\w+)(?:\\.(sync|sync:2|waitForTaskToken))?");

  Pattern FUNCTION = Pattern.compile("arn:[\\w-]+:lambda:[\\w-]*:\\d*:function:.+");

  Pattern ACTIVITY = Pattern.compile("arn:[\\w-]+:states:[\\w-]*:\\d*:activity:.+");

  /**
   * Reads the Resource of a Task.
   *
   * @throws IllegalArgumentException when it is none of those that there are
   */
  static TaskResource parse(String arn) {
    var service = SERVICE.matcher(arn);
    if (service.matches()) {
      var suffix = service.group(3) == null ? "" : service.group(3);
      return new Service(service.group(1), service.group(2), suffix);
    }
    if (ACTIVITY.matcher(arn).matches()) {
      return new Activity(arn);
    }
    if (FUNCTION.matcher(arn).matches()) {
      return new Function(arn);
    }
    throw new IllegalArgumentException(
        "The resource provided "
            + arn
            + " is not recognized. The value is not a valid resource ARN, or the resource is not"
            + " available in this region.");
  }
}
