package io.leadloom.notifications;

import io.leadloom.model.DeliveryId;
import io.leadloom.model.EndpointId;
import io.leadloom.model.Permission;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.Length;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Range;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was sent to webhook endpoints, and sending it again. */
@Singleton
final class DeliveriesResource implements Resource {

  private static final int USUAL = 50;
  private static final int MOST_REPLAYED = 100;

  private final WebhookDeliveries deliveries;
  private final WebhookEndpoints endpoints;
  private final ReplayDelivery replayDelivery;

  DeliveriesResource(
      WebhookDeliveries deliveries, WebhookEndpoints endpoints, ReplayDelivery replayDelivery) {
    this.deliveries = deliveries;
    this.endpoints = endpoints;
    this.replayDelivery = replayDelivery;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/webhook-endpoints/{endpointId}/deliveries", "listWebhookDeliveries")
            .does(
                "Lists what was sent to an endpoint in the last 30 days, newest first",
                Permission.READ_WEBHOOKS)
            .query(DeliveryQuery.class)
            .answers(DeliveryPage.class, 200)
            .by(this::list),
        Operation.post("/webhook-endpoints/{endpointId}/replays", "replayWebhookDeliveries")
            .does(
                "Sends what did not reach an endpoint since a moment once more, up to 100 events,"
                    + " oldest first; 'more' says that there are others, for another call",
                Permission.WRITE_WEBHOOKS)
            .body(ReplaySince.class)
            .answers(ReplayResult.class, 200)
            .by(this::replaySince),
        Operation.get("/webhook-deliveries/{deliveryId}", "getWebhookDelivery")
            .does("Shows a delivery with its attempts", Permission.READ_WEBHOOKS)
            .answers(DeliveryView.class, 200)
            .by(call -> Answer.ok(DeliveryView.of(delivery(call)))),
        Operation.post("/webhook-deliveries/{deliveryId}/replay", "replayWebhookDelivery")
            .does("Sends an event once more, under the same webhook-id", Permission.WRITE_WEBHOOKS)
            .answers(DeliveryView.class, 202)
            .by(this::replay));
  }

  private Answer<DeliveryPage> list(Call<DeliveryQuery, None> call) {
    var endpoint = endpoints.get(call.tenant(), EndpointId.of(call.id("endpointId")));
    var query = call.query();
    var limit = query.limit() == null ? USUAL : query.limit();
    var name = "deliveries " + endpoint.id() + " " + query.status();
    var page =
        deliveries.list(
            call.tenant(), endpoint.id(), true, Cursor.position(name, query.cursor()), limit);
    var next = page.size() < limit ? null : WebhookDeliveries.place(page.getLast());
    return Answer.ok(
        new DeliveryPage(
            page.stream()
                .filter(delivery -> query.status() == null || query.status() == delivery.status())
                .map(DeliveryView::of)
                .toList(),
            Cursor.of(name, next)));
  }

  private Answer<DeliveryView> replay(Call<None, None> call) {
    return switch (replayDelivery.one(call.tenant(), call.caller().actor(), delivery(call))) {
      case ReplayDelivery.Outcome.UnderWay(var delivery) ->
          Answer.accepted("/v1/webhook-deliveries/" + delivery.id(), DeliveryView.of(delivery));
      case ReplayDelivery.Outcome.EndpointOff() -> off();
    };
  }

  private Answer<ReplayResult> replaySince(Call<None, ReplaySince> call) {
    var endpoint = endpoints.get(call.tenant(), EndpointId.of(call.id("endpointId")));
    if (!endpoint.enabled()) {
      return off();
    }
    var many =
        replayDelivery.failedSince(
            call.tenant(), call.caller().actor(), endpoint, call.body().since(), MOST_REPLAYED);
    return Answer.ok(new ReplayResult(many.replayed(), many.more()));
  }

  private WebhookDelivery delivery(Call<?, ?> call) {
    return deliveries.get(call.tenant(), DeliveryId.of(call.id("deliveryId")));
  }

  private static <O> Answer<O> off() {
    return Answer.refused(
        409, "webhook-endpoint.off", "The endpoint is switched off; switch it on first");
  }

  /** Which deliveries to list. */
  record DeliveryQuery(
      @About("Only those that stand so; an answer may then be short and still have a 'next'")
          WebhookDelivery.@Nullable Status status,
      @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
      @About("The most deliveries of an answer, 50 if absent") @Nullable @Range(min = 1, max = 100)
          Integer limit) {}

  /** Deliveries of a list. */
  record DeliveryPage(
      List<DeliveryView> deliveries,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}

  /** From when on to replay. */
  record ReplaySince(@About("What happened then or later") Instant since) {}

  /** What came of it. */
  record ReplayResult(int replayed, @About("Whether there are others left") boolean more) {}
}
