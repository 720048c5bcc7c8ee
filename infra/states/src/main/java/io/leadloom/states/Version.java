package io.leadloom.states;

import com.fasterxml.jackson.annotation.JsonAutoDetect;

/**
 * A published version of a state machine as it is stored.
 *
 * @param number from 1; numbers are never given twice, so a deleted version is kept as such
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
record Version(
    String machineArn,
    int number,
    String revision,
    String roleArn,
    String description,
    long createdMillis,
    boolean deleted) {

  String arn() {
    return machineArn + ":" + number;
  }

  Version asDeleted() {
    return new Version(machineArn, number, revision, roleArn, description, createdMillis, true);
  }
}
