package io.leadloom.lifecycle;

import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Json;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The target of the rule on executions of {@code lead-lifecycle} that ended badly; Step Functions
 * tells EventBridge of them.
 */
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
    var execution = request.detail();
    var about = Json.read(execution.input(), Input.class);
    recordFault.run(
        TenantId.of(about.tenantId()),
        LeadId.of(about.leadId()),
        execution.name(),
        Objects.requireNonNullElse(execution.error(), "States." + execution.status()),
        Objects.requireNonNullElse(execution.cause(), ""));
    return new Response("RECORDED");
  }

  /** An event "Step Functions Execution Status Change", as far as it matters here. */
  public record Request(Execution detail) {}

  /**
   * The execution that ended.
   *
   * @param status {@code FAILED}, {@code TIMED_OUT} or {@code ABORTED}
   * @param input what it was started with, as JSON text
   * @param error its error name; one that was aborted may have none
   */
  public record Execution(
      String name, String status, String input, @Nullable String error, @Nullable String cause) {}

  /** The input of {@code lead-lifecycle}. */
  public record Input(String tenantId, String leadId) {}

  /** Always {@code RECORDED}. */
  public record Response(String outcome) {}
}
