package io.leadloom.notifications;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookDelivery.Status;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Sets deliveries on their way once more, under the same {@code webhook-id}. */
@Singleton
final class ReplayDelivery {

  private static final int PAGE = 100;

  private final WebhookDeliveries deliveries;
  private final WebhookEndpoints endpoints;
  private final SendOff sendOff;
  private final Clock clock;

  ReplayDelivery(
      WebhookDeliveries deliveries, WebhookEndpoints endpoints, SendOff sendOff, Clock clock) {
    this.deliveries = deliveries;
    this.endpoints = endpoints;
    this.sendOff = sendOff;
    this.clock = clock;
  }

  /** Replays one delivery; one that is under way is left to go on. */
  Outcome one(TenantId tenant, String actor, WebhookDelivery delivery) {
    if (endpoints.find(tenant, delivery.endpoint()).filter(WebhookEndpoint::enabled).isEmpty()) {
      return new Outcome.EndpointOff();
    }
    return new Outcome.UnderWay(replayed(tenant, actor, delivery));
  }

  /**
   * Replays what did not reach an endpoint, oldest first.
   *
   * @param since what was made then or later
   */
  Many failedSince(
      TenantId tenant, String actor, WebhookEndpoint endpoint, Instant since, int most) {
    var wanted = new ArrayList<WebhookDelivery>();
    @Nullable String after = WebhookDeliveries.placeBefore(since);
    while (after != null && wanted.size() <= most) {
      var page = deliveries.list(tenant, endpoint.id(), false, after, PAGE);
      page.stream()
          .filter(d -> d.status() == Status.FAILED || d.status() == Status.HELD)
          .forEach(wanted::add);
      after = page.size() < PAGE ? null : WebhookDeliveries.place(page.getLast());
    }
    var now = wanted.subList(0, Math.min(most, wanted.size()));
    // The list is a moment behind; what arrived meanwhile needs nothing.
    now.stream()
        .map(delivery -> deliveries.get(tenant, delivery.id()))
        .filter(delivery -> delivery.status() != Status.DELIVERED)
        .forEach(delivery -> replayed(tenant, actor, delivery));
    return new Many(now.size(), wanted.size() > most);
  }

  private WebhookDelivery replayed(TenantId tenant, String actor, WebhookDelivery delivery) {
    var now = delivery;
    if (delivery.status() != Status.UNDER_WAY) {
      var at = clock.instant();
      deliveries.replace(
          tenant,
          delivery.again(at),
          new AuditEntry(at, actor, "webhook.replayed", delivery.id().value(), "asked for"));
      now = deliveries.get(tenant, delivery.id());
    }
    // Also where whoever set it on its way died before starting it.
    sendOff.start(tenant, now);
    return now;
  }

  /** What came of it. */
  sealed interface Outcome {

    /** It is on its way. */
    record UnderWay(WebhookDelivery delivery) implements Outcome {}

    /** Its endpoint is switched off, or there is none any more. */
    record EndpointOff() implements Outcome {}
  }

  /**
   * What came of many.
   *
   * @param more whether there are others left
   */
  record Many(int replayed, boolean more) {}
}
