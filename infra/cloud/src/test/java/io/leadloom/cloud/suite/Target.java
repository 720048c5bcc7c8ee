package io.leadloom.cloud.suite;

/**
 * Where the suite runs. Its clients are built from the SDK's own settings and nothing else; whoever
 * makes a target sees to it that these point there.
 */
interface Target extends AutoCloseable {

  /** For people. */
  String name();

  /** The name of the stack that was made of the suite's template; names in it begin with it. */
  String stack();

  @Override
  void close();
}
