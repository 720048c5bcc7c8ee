package io.leadloom.cloud.suite;

import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of the machine {@code flow}. */
public final class StepOfFlowHandler
    extends StepHandler<StepOfFlowHandler.Request, Map<String, Object>> {

  /**
   * What is asked for.
   *
   * @param failures how many attempts fail before one succeeds
   * @param broken whether it fails until it is mended: until the item {@code mended#id} is there
   */
  public record Request(
      String step,
      String id,
      @Nullable Integer failures,
      @Nullable Boolean broken,
      @Nullable Integer attempt,
      @Nullable String cursor,
      @Nullable String taskToken) {}

  /** Called by the Lambda runtime. */
  public StepOfFlowHandler() {
    super(Request.class, Wiring.bean(Invocations.class));
  }

  @Override
  protected Map<String, Object> handle(Request request) {
    return switch (request.step()) {
      case "WORK" -> work(request);
      case "PAGE" ->
          request.cursor() == null
              ? Map.of("outcome", "MORE", "cursor", "2", "rows", 2, "setAside", Map.of("old", 1))
              : Map.of(
                  "outcome",
                  "END",
                  "cursor",
                  "3",
                  "rows",
                  1,
                  "setAside",
                  Map.of("old", 2, "odd", 3));
      case "ASK" -> {
        Items.put("token#" + request.id(), String.valueOf(request.taskToken()));
        yield Map.of();
      }
      default -> throw new PermanentException("step.unknown", "There is no step " + request.step());
    };
  }

  private static Map<String, Object> work(Request request) {
    if (Boolean.TRUE.equals(request.broken()) && !Items.exists("mended#" + request.id())) {
      throw new PermanentException("flow.broken", "Broken until it is mended");
    }
    var failures = request.failures();
    var attempt = request.attempt();
    if (failures != null && attempt != null && attempt < failures) {
      throw new TransientException("flow.busy", "Attempt " + attempt + " fails");
    }
    return Map.of("outcome", "DONE", "attempt", attempt == null ? 0 : attempt);
  }
}
