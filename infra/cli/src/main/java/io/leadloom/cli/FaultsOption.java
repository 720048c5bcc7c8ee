package io.leadloom.cli;

import picocli.CommandLine.Option;

/** What is to go wrong in the stack that a command starts. */
final class FaultsOption {

  @Option(
      names = "--faults",
      paramLabel = "SPEC",
      description = {
        "what goes wrong in the AWS services, as SERVICE[.FUNCTION]:KIND=RATE,...,seed=N with",
        "throttle, fail, lose (the answer of what was done), delay, duplicate or reorder,",
        "for example dynamodb:throttle=0.1,lambda:fail=0.05,sqs:duplicate=0.05;",
        "webhooks:duplicate=RATE and webhooks:reorder=RATE let third parties tell things twice or late"
      })
  private String spec = "";

  String spec() {
    return spec;
  }
}
