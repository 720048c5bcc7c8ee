package io.leadloom.states;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.List;

/** A name for one or two versions of a state machine, as it is stored. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
record Alias(
    String machineArn,
    String name,
    String description,
    List<Route> routes,
    long createdMillis,
    long updatedMillis) {

  /**
   * Where some of the executions go.
   *
   * @param weight in percent
   */
  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
  record Route(String versionArn, int weight) {}

  String arn() {
    return machineArn + ":" + name;
  }

  /** The version that an execution runs, by a number from 0 up to but excluding 1. */
  String choose(double chance) {
    var first = routes.getFirst();
    return chance * 100 < first.weight ? first.versionArn : routes.getLast().versionArn;
  }
}
