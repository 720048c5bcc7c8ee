package io.leadloom.knowledge;

import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;

/** The "Research lead" step of {@code lead-lifecycle.asl.json}. */
public final class ResearchLeadHandler
    extends StepHandler<ResearchLeadHandler.Request, ResearchLeadHandler.Response> {

  private final ResearchLead researchLead;

  /** Called by the Lambda runtime, once per execution environment. */
  public ResearchLeadHandler() {
    this(Wiring.bean(ResearchLead.class), Wiring.bean(Invocations.class));
  }

  ResearchLeadHandler(ResearchLead researchLead, Invocations invocations) {
    super(Request.class, invocations);
    this.researchLead = researchLead;
  }

  /** Which lead to look into. */
  public record Request(String tenantId, String leadId, String correlationId) {}

  /**
   * What was found.
   *
   * @param outcome {@code RESEARCHED}
   * @param rules how many code rules apply
   */
  public record Response(String outcome, int rules) {}

  @Override
  protected Response handle(Request request) {
    var research = researchLead.run(TenantId.of(request.tenantId()), LeadId.of(request.leadId()));
    return new Response("RESEARCHED", research.rules().size());
  }
}
