package io.leadloom.enrichment;

import io.leadloom.enrichment.EnrichLead.Outcome;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import org.jspecify.annotations.Nullable;

/** The "Enrich lead" step of {@code lead-lifecycle.asl.json}. */
public final class EnrichLeadHandler
    extends StepHandler<EnrichLeadHandler.Request, EnrichLeadHandler.Response> {

  private final EnrichLead enrichLead;

  /** Called by the Lambda runtime, once per execution environment. */
  public EnrichLeadHandler() {
    this(Wiring.bean(EnrichLead.class), Wiring.bean(Invocations.class));
  }

  EnrichLeadHandler(EnrichLead enrichLead, Invocations invocations) {
    super(Request.class, invocations);
    this.enrichLead = enrichLead;
  }

  @Override
  protected Response handle(Request request) {
    var outcome = enrichLead.run(TenantId.of(request.tenantId()), LeadId.of(request.leadId()));
    return switch (outcome) {
      case Outcome.Enriched enriched -> new Response("ENRICHED", null);
      case Outcome.Unreachable(var reason) -> new Response("UNREACHABLE", reason);
      case Outcome.OutOfCredit spent -> new Response("OUT_OF_CREDIT", EnrichLead.OUT_OF_CREDIT);
    };
  }

  /** Which lead to enrich. */
  public record Request(String tenantId, String leadId) {}

  /**
   * What came of it.
   *
   * @param outcome {@code ENRICHED}, {@code UNREACHABLE} or {@code OUT_OF_CREDIT}
   * @param reason code of what is missing
   */
  public record Response(String outcome, @Nullable String reason) {}
}
