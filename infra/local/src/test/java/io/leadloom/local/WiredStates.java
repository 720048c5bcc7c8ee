package io.leadloom.local;

import com.sun.net.httpserver.HttpExchange;
import io.leadloom.clock.StackClock;
import io.leadloom.states.StatesOptions;
import io.leadloom.states.StatesService;
import io.leadloom.states.TaskServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Step Functions behind a port, without the rest of the stack. */
final class WiredStates implements AutoCloseable {

  private final StatesService service;
  private final JsonEdge edge;
  private final Work work;
  private final LocalHttpServer server = LocalHttpServer.bind(0, "Step Functions");

  WiredStates(@Nullable Path file, StackClock clock, TaskServices services, StatesOptions options) {
    this.service = StatesService.open(file, clock, services, options);
    this.edge = new JsonEdge(Map.of("AWSStepFunctions", new StatesApi(service)), new Faults());
    this.work = new Work(clock);
    service.start();
    server.serve(this::handle);
  }

  /** As {@link AwsEdge} does: what works holds the clock, what waits does not. */
  private void handle(HttpExchange exchange) throws IOException {
    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    var body = exchange.getRequestBody().readAllBytes();
    if (AwsEdge.waits(target)) {
      edge.handle(exchange, target, body);
      return;
    }
    try (var piece = work.begin()) {
      edge.handle(exchange, target, body);
    }
  }

  AwsWire wire() {
    return new AwsWire(server.url());
  }

  @Override
  public void close() {
    server.close();
    service.close();
  }
}
