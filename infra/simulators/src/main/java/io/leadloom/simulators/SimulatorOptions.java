package io.leadloom.simulators;

import io.leadloom.clock.StackClock;
import java.net.URI;
import java.nio.file.Path;

/**
 * How the simulators run.
 *
 * @param data the data folder of the stack; journal and state are kept in {@code simulators} below
 *     it
 * @param port the port on 127.0.0.1, or 0 for a free one
 * @param clock the clock of the stack, which decides when prospects react
 * @param seed chooses who reacts how: the same seed gives the same prospects
 * @param api the base URL of the product's HTTP API, to which webhooks go
 * @param aws the base URL of the stack's AWS services, to whose event bus SES tells what happened
 */
public record SimulatorOptions(Path data, int port, StackClock clock, long seed, URI api, URI aws) {

  /** Where nothing is sent by SES with a configuration set. */
  public SimulatorOptions(Path data, int port, StackClock clock, long seed, URI api) {
    this(data, port, clock, seed, api, api);
  }
}
