package io.leadloom.outreach;

import io.leadloom.model.DraftId;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The "Plan touch" step of {@code lead-lifecycle.asl.json}. */
public final class PlanTouchHandler
    extends StepHandler<PlanTouchHandler.Request, PlanTouchHandler.Response> {

  private final PlanTouch planTouch;

  /** Called by the Lambda runtime, once per execution environment. */
  public PlanTouchHandler() {
    this(Wiring.bean(PlanTouch.class), Wiring.bean(Invocations.class));
  }

  PlanTouchHandler(PlanTouch planTouch, Invocations invocations) {
    super(Request.class, invocations);
    this.planTouch = planTouch;
  }

  @Override
  protected Response handle(Request request) {
    return switch (planTouch.run(
        TenantId.of(request.tenantId()),
        LeadId.of(request.leadId()),
        DraftId.of(request.draftId()))) {
      case PlanTouch.Outcome.Planned(var touch, var sendAt) ->
          new Response("PLANNED", touch.value(), sendAt, null);
      case PlanTouch.Outcome.Stopped(var reason) -> new Response("STOPPED", null, null, reason);
    };
  }

  /** The approved draft. */
  public record Request(String tenantId, String leadId, String draftId) {}

  /** {@code PLANNED} with the touch and its moment, or {@code STOPPED} with a reason code. */
  public record Response(
      String outcome,
      @Nullable String touchId,
      @Nullable Instant sendAt,
      @Nullable String reason) {}
}
