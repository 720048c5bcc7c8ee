package io.leadloom.lifecycle;

import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The "Record fault" step of {@code lead-lifecycle.asl.json}. */
public final class RecordFaultHandler
    extends StepHandler<RecordFaultHandler.Request, RecordFaultHandler.Response> {

  private final RecordFault recordFault;

  /** Called by the Lambda runtime, once per execution environment. */
  public RecordFaultHandler() {
    this(Wiring.bean(RecordFault.class), Wiring.bean(Invocations.class));
  }

  RecordFaultHandler(RecordFault recordFault, Invocations invocations) {
    super(Request.class, invocations);
    this.recordFault = recordFault;
  }

  @Override
  protected Response handle(Request request) {
    recordFault.run(
        TenantId.of(request.tenantId()),
        LeadId.of(request.leadId()),
        request.correlationId(),
        Objects.requireNonNullElse(request.error(), "unknown"),
        Objects.requireNonNullElse(request.cause(), ""));
    return new Response("RECORDED");
  }

  /**
   * What stopped which lead's execution.
   *
   * @param correlationId name of the execution
   * @param error its error name; a state machine may report none
   * @param cause what it says of it
   */
  public record Request(
      String tenantId,
      String leadId,
      String correlationId,
      @Nullable String error,
      @Nullable String cause) {}

  /** Always {@code RECORDED}. */
  public record Response(String outcome) {}
}
