package io.leadloom.local;

import java.time.Clock;
import java.util.Map;

/** Prepares the process for the functions of a template, since one JVM has one environment. */
public interface FunctionEnvironment {

  /**
   * Called once per stack, before the first function is constructed.
   *
   * @param variables the environment variables of all functions, with {@code AWS_REGION}, {@code
   *     AWS_ENDPOINT_URL} and credentials
   * @param clock the time by which the functions work
   */
  void prepare(Map<String, String> variables, Clock clock);
}
