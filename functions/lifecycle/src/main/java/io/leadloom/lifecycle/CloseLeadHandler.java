package io.leadloom.lifecycle;

import io.leadloom.model.LeadId;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;

/** The "Close lead" step of {@code lead-lifecycle.asl.json}. */
public final class CloseLeadHandler
    extends StepHandler<CloseLeadHandler.Request, CloseLeadHandler.Response> {

  private final CloseLead closeLead;

  /** Called by the Lambda runtime, once per execution environment. */
  public CloseLeadHandler() {
    this(Wiring.bean(CloseLead.class), Wiring.bean(Invocations.class));
  }

  CloseLeadHandler(CloseLead closeLead, Invocations invocations) {
    super(Request.class, invocations);
    this.closeLead = closeLead;
  }

  @Override
  protected Response handle(Request request) {
    closeLead.run(
        TenantId.of(request.tenantId()),
        LeadId.of(request.leadId()),
        request.stage(),
        request.reason());
    return new Response("CLOSED");
  }

  /** Which lead ends where, and the code of the reason. */
  public record Request(String tenantId, String leadId, Stage stage, String reason) {}

  /** Always {@code CLOSED}. */
  public record Response(String outcome) {}
}
