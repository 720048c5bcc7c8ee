package io.leadloom.notifications;

import io.leadloom.model.DeliveryId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The step "Deliver event" of {@code webhook-delivery}. */
public final class DeliverEventHandler
    extends StepHandler<DeliverEventHandler.Request, DeliverEventHandler.Response> {

  private final DeliverEvent deliverEvent;

  /** Called by the Lambda runtime, once per execution environment. */
  public DeliverEventHandler() {
    this(Wiring.bean(DeliverEvent.class), Wiring.bean(Invocations.class));
  }

  DeliverEventHandler(DeliverEvent deliverEvent, Invocations invocations) {
    super(Request.class, invocations);
    this.deliverEvent = deliverEvent;
  }

  @Override
  protected Response handle(Request request) {
    var outcome =
        deliverEvent.run(
            TenantId.of(request.tenantId()),
            DeliveryId.of(request.deliveryId()),
            request.run(),
            request.attempt());
    return switch (outcome) {
      case DeliverEvent.Outcome.Again(var at) -> new Response("AGAIN", at);
      case DeliverEvent.Outcome.Ended(var status) -> new Response(status.name(), null);
    };
  }

  record Request(String tenantId, String deliveryId, int run, int attempt) {}

  record Response(String outcome, @Nullable Instant nextAt) {}
}
