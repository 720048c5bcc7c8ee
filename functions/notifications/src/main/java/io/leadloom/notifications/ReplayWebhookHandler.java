package io.leadloom.notifications;

import io.leadloom.platform.HttpHandler;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookReplayLinks;
import io.leadloom.platform.Wiring;

/**
 * {@code POST /webhooks/replay}: the forms of the console's page on webhooks. The token that its
 * page gave the form says what is replayed; without it, nothing is.
 */
public final class ReplayWebhookHandler extends HttpHandler {

  private final WebhookReplayLinks links;
  private final WebhookDeliveries deliveries;
  private final ReplayDelivery replayDelivery;

  /** Called by the Lambda runtime, once per execution environment. */
  public ReplayWebhookHandler() {
    this(
        Wiring.bean(WebhookReplayLinks.class),
        Wiring.bean(WebhookDeliveries.class),
        Wiring.bean(ReplayDelivery.class),
        Wiring.bean(Invocations.class));
  }

  ReplayWebhookHandler(
      WebhookReplayLinks links,
      WebhookDeliveries deliveries,
      ReplayDelivery replayDelivery,
      Invocations invocations) {
    super(invocations);
    this.links = links;
    this.deliveries = deliveries;
    this.replayDelivery = replayDelivery;
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var wanted = request.queryParameter("t").flatMap(links::verify);
    if (wanted.isEmpty()) {
      return HttpResponse.problem(
          403, "webhook-replay.token", "The page is too old; load it again and repeat");
    }
    var tenant = wanted.get().tenant();
    var delivery = deliveries.get(tenant, wanted.get().delivery());
    return switch (replayDelivery.one(tenant, "console", delivery)) {
      case ReplayDelivery.Outcome.UnderWay(var now) ->
          HttpResponse.seeOther("/webhooks?tenant=" + tenant);
      case ReplayDelivery.Outcome.EndpointOff() ->
          HttpResponse.problem(
              409, "webhook-endpoint.off", "The endpoint is switched off; switch it on first");
    };
  }
}
