package io.leadloom.local;

import io.leadloom.local.template.FunctionResource;
import io.leadloom.local.template.Names;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/** The functions of a stack, found by name, by ARN, or by ARN with alias or version. */
final class LambdaService {

  /** How many requests may run at once in all; more wait for their turn. */
  private static final int CONCURRENCY = 256;

  private static final String MARKER = ":function:";

  private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
  private final Semaphore concurrency = new Semaphore(CONCURRENCY, true);

  private final Faults faults;

  LambdaService(
      List<FunctionResource> resources, ExecutorService threads, Work work, Faults faults) {
    this.faults = faults;
    for (var resource : resources) {
      functions.put(resource.name(), new LambdaFunction(resource, threads, work));
    }
  }

  Collection<LambdaFunction> functions() {
    return functions.values();
  }

  /** Invokes a function and waits for the answer. */
  InvocationResult invoke(String nameOrArn, byte[] payload) {
    var function = find(nameOrArn);
    var name = function.resource().name();
    faults.delay("lambda", name);
    if (faults.strikes("lambda", name, FaultRule.Kind.THROTTLE)) {
      throw LambdaException.throttled();
    }
    if (faults.strikes("lambda", name, FaultRule.Kind.FAIL)) {
      throw LambdaException.serviceFailed();
    }
    concurrency.acquireUninterruptibly();
    try {
      var result =
          function.invoke(
              payload,
              nameOrArn.startsWith("arn:") ? nameOrArn : function.resource().arn(),
              version(nameOrArn));
      if (faults.strikes("lambda", name, FaultRule.Kind.LOSE)) {
        throw LambdaException.serviceFailed();
      }
      return result;
    } finally {
      concurrency.release();
    }
  }

  /**
   * @throws LambdaException when there is no such function, alias or version
   */
  LambdaFunction find(String nameOrArn) {
    var start = nameOrArn.indexOf(MARKER);
    var parts = parts(nameOrArn);
    var function = functions.get(parts[0]);
    if (function == null || parts.length > 1 && !isQualifier(function.resource(), parts[1])) {
      throw LambdaException.notFound(
          start < 0 ? Names.LOCAL.arn("lambda", "function:" + nameOrArn) : nameOrArn);
    }
    return function;
  }

  /** Name and, perhaps, qualifier. */
  private static String[] parts(String nameOrArn) {
    var start = nameOrArn.indexOf(MARKER);
    return nameOrArn.substring(start < 0 ? 0 : start + MARKER.length()).split(":", 2);
  }

  private static String version(String nameOrArn) {
    var parts = parts(nameOrArn);
    return parts.length == 1 || parts[1].equals(LambdaFunction.LATEST)
        ? LambdaFunction.LATEST
        : LambdaFunction.PUBLISHED;
  }

  private static boolean isQualifier(FunctionResource function, String qualifier) {
    return qualifier.equals(LambdaFunction.LATEST)
        || qualifier.equals(LambdaFunction.PUBLISHED)
        || function.alias().filter(qualifier::equals).isPresent();
  }
}
