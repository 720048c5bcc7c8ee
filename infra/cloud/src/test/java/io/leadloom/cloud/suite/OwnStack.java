package io.leadloom.cloud.suite;

import io.leadloom.clock.StackClock;
import io.leadloom.cloud.SdkSettings;
import io.leadloom.local.Stack;
import io.leadloom.local.StackOptions;
import io.leadloom.platform.Wiring;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Our stack, in this JVM. Its functions' environment is the process's, and so the suite's too. */
final class OwnStack implements Target {

  private static final double SPEED = 10;

  private final StackClock clock = StackClock.startingAt(Instant.now(), SPEED);
  private final Stack stack;

  OwnStack(Path template, Path data) {
    stack = Stack.start(new StackOptions(template, data, 0, 0, clock, Map.of(), Wiring::start));
  }

  @Override
  public String name() {
    return "the local stack";
  }

  @Override
  public String stack() {
    return "leadloom";
  }

  @Override
  public void close() {
    stack.close();
    clock.close();
    SdkSettings.clear();
  }
}
