package io.leadloom.bench;

import io.leadloom.clock.StackClock;
import io.leadloom.local.Stack;
import io.leadloom.local.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The local stack's AWS endpoint, called as a client calls it: by HTTP, with JSON 1.0. */
final class OverTheApi implements AutoCloseable {

  private final StackClock clock = StackClock.real();
  private final Stack stack;
  private final AwsCalls calls;
  private final StatesClient client;

  private OverTheApi(Path folder) throws IOException {
    Files.createDirectories(folder);
    var template = folder.resolve("template.yaml");
    try (var text = Objects.requireNonNull(OverTheApi.class.getResourceAsStream("template.yaml"))) {
      Files.copy(text, template);
    }
    this.stack =
        Stack.start(
            new StackOptions(
                template, folder.resolve("data"), 0, 0, clock, Map.of(), (variables, c) -> {}));
    this.calls = new AwsCalls(stack.awsUrl());
    this.client = new StatesClient(calls);
  }

  static OverTheApi open(Path folder) {
    try {
      return new OverTheApi(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be written to", e);
    }
  }

  Measurement sequential(int steps, int executions) {
    var machine = client.create("passes", Chain.of(steps, state -> state.put("Type", "Pass")));
    return client.sequential(machine, "{}", steps, executions);
  }

  @Override
  public void close() {
    calls.close();
    stack.close();
    clock.close();
  }
}
