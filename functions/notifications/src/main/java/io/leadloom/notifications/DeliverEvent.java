package io.leadloom.notifications;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.DeliveryId;
import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookDelivery.Attempt;
import io.leadloom.model.WebhookDelivery.Status;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.notifications.EndpointHttp.Reaction;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Makes one attempt to deliver an event, and keeps what came of it. An attempt that died after the
 * call is made again: receivers tell repetitions by {@code webhook-id}.
 */
@Singleton
final class DeliverEvent {

  private static final int GONE = 410;

  private final WebhookDeliveries deliveries;
  private final WebhookEndpoints endpoints;
  private final EndpointSecrets secrets;
  private final EndpointHttp http;
  private final Clock clock;

  DeliverEvent(
      WebhookDeliveries deliveries,
      WebhookEndpoints endpoints,
      EndpointSecrets secrets,
      EndpointHttp http,
      Clock clock) {
    this.deliveries = deliveries;
    this.endpoints = endpoints;
    this.secrets = secrets;
    this.http = http;
    this.clock = clock;
  }

  /**
   * Makes an attempt, unless it was made before.
   *
   * @param run which of the delivery's runs it belongs to
   * @param number of the attempt in this run, from 1
   */
  Outcome run(TenantId tenant, DeliveryId id, int run, int number) {
    var found = deliveries.find(tenant, id);
    if (found.isEmpty() || found.get().run() != run) {
      // Forgotten, or set on its way anew.
      return new Outcome.Ended(Status.HELD);
    }
    var delivery = found.get();
    var next = delivery.nextAt();
    if (delivery.status() != Status.UNDER_WAY || next == null) {
      return new Outcome.Ended(delivery.status());
    }
    if (delivery.attemptsOfRun() >= number) {
      return new Outcome.Again(next);
    }
    return endpoints
        .find(tenant, delivery.endpoint())
        .filter(WebhookEndpoint::enabled)
        .map(endpoint -> attempt(tenant, endpoint, delivery, number))
        .orElseGet(() -> {
          deliveries.replace(tenant, delivery.held(clock.instant()));
          return new Outcome.Ended(Status.HELD);
        });
  }

  private Outcome attempt(
      TenantId tenant, WebhookEndpoint endpoint, WebhookDelivery delivery, int number) {
    var at = clock.instant();
    var reaction = post(tenant, endpoint, delivery, at);
    var now = clock.instant();
    var attempt = attempt(delivery, number, at, reaction, Duration.between(at, now));
    if (attempt.problem() == null) {
      deliveries.delivered(tenant, delivery.attempted(attempt, Status.DELIVERED, null, now), now);
      return new Outcome.Ended(Status.DELIVERED);
    }
    if (reaction instanceof Reaction.Answered answered && answered.status() == GONE) {
      var failed = delivery.attempted(attempt, Status.FAILED, null, now);
      switchOff(tenant, failed, endpoint.in(WebhookEndpoint.State.GONE, now), "answered 410");
      return new Outcome.Ended(Status.FAILED);
    }
    var asked =
        reaction instanceof Reaction.Answered answered ? answered.retryAfter() : Duration.ZERO;
    var wait = RetryPlan.next(delivery, number, asked);
    if (wait.isPresent()) {
      var next = now.plus(wait.get());
      deliveries.replace(tenant, delivery.attempted(attempt, Status.UNDER_WAY, next, now));
      return new Outcome.Again(next);
    }
    var failed = delivery.attempted(attempt, Status.FAILED, null, now);
    if (hasHeardNothingSince(tenant, endpoint, begun(failed))) {
      switchOff(
          tenant,
          failed,
          endpoint.in(WebhookEndpoint.State.FAILING, now),
          number + " attempts failed, the last with " + attempt.problem());
    } else {
      deliveries.replace(tenant, failed);
    }
    return new Outcome.Ended(Status.FAILED);
  }

  private Reaction post(
      TenantId tenant, WebhookEndpoint endpoint, WebhookDelivery delivery, Instant at) {
    var body = delivery.body().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", delivery.event());
    headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
    headers.put(
        "webhook-signature",
        StandardSecret.sign(secrets.signing(tenant, endpoint, at), delivery.event(), at, body));
    return http.post(endpoint.url(), headers, body);
  }

  private static Attempt attempt(
      WebhookDelivery delivery, int number, Instant at, Reaction reaction, Duration took) {
    return switch (reaction) {
      case Reaction.Answered(var status, var retryAfter, var excerpt) ->
          new Attempt(
              delivery.run(),
              number,
              at,
              status,
              status / 100 == 2 ? null : "status." + status,
              excerpt.isBlank() ? null : excerpt,
              took.toMillis());
      case Reaction.Silent(var problem) ->
          new Attempt(delivery.run(), number, at, null, problem, null, took.toMillis());
    };
  }

  /**
   * One event that a receiver cannot digest must not cut it off from all others; so an endpoint is
   * given up only where nothing else reached it during all the attempts either, nor did the tenant
   * change anything about it.
   */
  private boolean hasHeardNothingSince(TenantId tenant, WebhookEndpoint endpoint, Instant begun) {
    return endpoint.since().isBefore(begun)
        && endpoints
            .lastSuccess(tenant, endpoint.id())
            .filter(success -> !success.isBefore(begun))
            .isEmpty();
  }

  private static Instant begun(WebhookDelivery delivery) {
    return delivery.attempts().stream()
        .filter(attempt -> attempt.run() == delivery.run())
        .map(Attempt::at)
        .min(Instant::compareTo)
        .orElse(delivery.createdAt());
  }

  private void switchOff(
      TenantId tenant, WebhookDelivery failed, WebhookEndpoint endpoint, String why) {
    var entry =
        new AuditEntry(
            endpoint.updatedAt(),
            "step:deliver-event",
            "webhook-endpoint." + endpoint.state().name().toLowerCase(Locale.ROOT),
            endpoint.id().value(),
            why);
    deliveries.replace(tenant, failed, endpoint, entry);
  }

  /** How it goes on. */
  sealed interface Outcome {

    /** The next attempt is due then. */
    record Again(Instant at) implements Outcome {}

    /** There is nothing more to do. */
    record Ended(Status status) implements Outcome {}
  }
}
