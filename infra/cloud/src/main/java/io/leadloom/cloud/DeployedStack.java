package io.leadloom.cloud;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/**
 * A stack of CloudFormation as it stands.
 *
 * @param resources by their logical ids
 */
record DeployedStack(
    Map<String, String> parameters,
    Map<String, String> outputs,
    Map<String, StackResource> resources) {

  /** What LocalStack calls a resource of a type that it lacks and so has skipped. */
  private static final String SKIPPED = "unknown";

  /** Asks for the stack of that name. */
  static DeployedStack named(String name, CloudFormationClient cloudFormation) {
    var stack = cloudFormation.describeStacks(b -> b.stackName(name)).stacks().getFirst();
    return new DeployedStack(
        stack.parameters().stream()
            .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue)),
        stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue)),
        cloudFormation.describeStackResources(b -> b.stackName(name)).stackResources().stream()
            .collect(Collectors.toMap(StackResource::logicalResourceId, r -> r)));
  }

  /** The real name, ARN or address of a resource. */
  String physicalId(String logicalId) {
    var resource = resources.get(logicalId);
    if (resource == null) {
      throw new IllegalArgumentException("the stack has no resource " + logicalId);
    }
    return resource.physicalResourceId();
  }

  /** The types of those resources that LocalStack did not make, in alphabetical order. */
  List<String> skippedTypes() {
    return resources.values().stream()
        .filter(resource -> SKIPPED.equals(resource.physicalResourceId()))
        .map(StackResource::resourceType)
        .distinct()
        .sorted()
        .toList();
  }
}
