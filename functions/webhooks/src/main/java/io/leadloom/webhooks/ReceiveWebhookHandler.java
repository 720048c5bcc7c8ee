package io.leadloom.webhooks;

import io.leadloom.platform.HttpHandler;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Wiring;

/** The route {@code POST /webhooks/{provider}/{tenantId}}. */
public final class ReceiveWebhookHandler extends HttpHandler {

  private final ReceiveWebhook receiveWebhook;

  /** Called by the Lambda runtime, once per execution environment. */
  public ReceiveWebhookHandler() {
    this(Wiring.bean(ReceiveWebhook.class), Wiring.bean(Invocations.class));
  }

  ReceiveWebhookHandler(ReceiveWebhook receiveWebhook, Invocations invocations) {
    super(invocations);
    this.receiveWebhook = receiveWebhook;
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    return switch (receiveWebhook.run(
        request.pathParameter("provider"), request.pathParameter("tenantId"), request)) {
      case QUEUED, REPEATED, IGNORED -> HttpResponse.empty(200);
      // It says no more: who forges need not learn what was wrong.
      case REFUSED -> HttpResponse.problem(401, "webhook.refused", "This webhook is not genuine");
      case UNKNOWN_PROVIDER ->
          HttpResponse.problem(404, "webhook.unknown-provider", "No provider has this name");
    };
  }
}
