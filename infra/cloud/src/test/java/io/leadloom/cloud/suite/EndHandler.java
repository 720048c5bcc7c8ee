package io.leadloom.cloud.suite;

import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.util.Map;

/** Keeps what an event says of an execution that ended badly. */
public final class EndHandler extends StepHandler<EndHandler.Ended, Map<String, String>> {

  /** The event. */
  public record Ended(Detail detail) {

    /** Of the execution. */
    public record Detail(String name, String status, String error) {}
  }

  /** Called by the Lambda runtime. */
  public EndHandler() {
    super(Ended.class, Wiring.bean(Invocations.class));
  }

  @Override
  protected Map<String, String> handle(Ended event) {
    var detail = event.detail();
    Items.put("end#" + detail.name(), detail.status() + " " + detail.error());
    return Map.of();
  }
}
