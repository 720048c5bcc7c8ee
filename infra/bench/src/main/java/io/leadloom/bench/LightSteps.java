package io.leadloom.bench;

import io.leadloom.clock.StackClock;
import io.leadloom.states.StatesOptions;
import io.leadloom.states.StatesService;
import java.nio.file.Path;

/** Machines whose steps are calls of a function that answers at once. */
final class LightSteps implements AutoCloseable {

  private static final String INPUT = "{\"n\":1}";

  private final StackClock clock = StackClock.real();
  private final StatesService service;
  private final StatesClient client;

  private LightSteps(Path file) {
    this.service =
        StatesService.open(
            file,
            clock,
            (resource, arguments) -> StatesClient.object().put("done", true),
            StatesOptions.defaults());
    this.client = new StatesClient(service::call);
    service.start();
  }

  static LightSteps open(Path file) {
    return new LightSteps(file);
  }

  Measurement sequential(int steps, int executions) {
    return client.sequential(machine("sequential", steps), INPUT, steps, executions);
  }

  Measurement concurrent(int steps, int executions) {
    return client.concurrent(machine("concurrent", steps), INPUT, executions);
  }

  private String machine(String name, int steps) {
    return client.create(
        name + "-" + steps,
        Chain.of(
            steps,
            state -> {
              state.put("Type", "Task").put("Resource", "arn:aws:states:::lambda:invoke");
              state.putObject("Arguments").put("n", "{% $states.input.n %}");
              state.put("Output", "{% $states.input %}");
            }));
  }

  @Override
  public void close() {
    service.close();
    clock.close();
  }
}
