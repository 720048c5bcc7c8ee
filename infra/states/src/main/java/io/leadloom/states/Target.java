package io.leadloom.states;

import org.jspecify.annotations.Nullable;

/** What is started by an ARN: a machine as it is now, one of its versions, or an alias. */
record Target(Machine machine, @Nullable Version version, @Nullable Alias alias) {

  String revision() {
    return version == null ? machine.revision() : version.revision();
  }

  String roleArn() {
    return version == null ? machine.roleArn() : version.roleArn();
  }

  /** Whether an execution was started by this. */
  boolean started(ExecutionRecord execution) {
    if (alias != null) {
      return alias.arn().equals(execution.aliasArn);
    }
    return version == null || version.arn().equals(execution.versionArn);
  }
}
