package io.leadloom.cloud.suite;

import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.util.Map;

/** Counts the calls of a schedule. */
public final class TickHandler extends StepHandler<TickHandler.Tick, Map<String, String>> {

  /** A schedule's event. */
  public record Tick(String source) {}

  /** Called by the Lambda runtime. */
  public TickHandler() {
    super(Tick.class, Wiring.bean(Invocations.class));
  }

  @Override
  protected Map<String, String> handle(Tick tick) {
    Items.count("tick#" + tick.source());
    return Map.of();
  }
}
