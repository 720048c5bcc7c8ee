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
      case Outcome.Enriched enriched -> new Response("ENRICHED", null, null);
      case Outcome.Unreachable(var reason) -> new Response("UNREACHABLE", reason, null);
      case Outcome.OutOfCredit(var reason, var until) ->
          new Response("OUT_OF_CREDIT", reason, until.toString());
    };
  }

  /** Which lead to enrich. */
  public record Request(String tenantId, String leadId) {}

  /**
   * What came of it.
   *
   * @param outcome {@code ENRICHED}, {@code UNREACHABLE} or {@code OUT_OF_CREDIT}
   * @param reason code of what is missing
   * @param until when a lead that is out of credit looks again, ISO 8601
   */
  public record Response(String outcome, @Nullable String reason, @Nullable String until) {}
}
