package io.leadloom.console;

import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookDelivery.Status;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.platform.WebhookReplayLinks;
import jakarta.inject.Singleton;
import java.util.List;

/** A tenant's webhook endpoints, with what each was sent last. */
@Singleton
final class Webhooks {

  private static final int LATEST = 20;

  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;
  private final WebhookReplayLinks links;

  Webhooks(WebhookEndpoints endpoints, WebhookDeliveries deliveries, WebhookReplayLinks links) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.links = links;
  }

  List<EndpointRow> of(TenantId tenant) {
    return endpoints.list(tenant).stream()
        .map(endpoint -> EndpointRow.of(endpoint, latest(tenant, endpoint)))
        .toList();
  }

  /** How many we switched off; the tenant should know. */
  int switchedOff(TenantId tenant) {
    return (int)
        endpoints.list(tenant).stream()
            .filter(endpoint ->
                endpoint.state() == WebhookEndpoint.State.GONE
                    || endpoint.state() == WebhookEndpoint.State.FAILING)
            .count();
  }

  private List<DeliveryRow> latest(TenantId tenant, WebhookEndpoint endpoint) {
    return deliveries.list(tenant, endpoint.id(), true, null, LATEST).stream()
        .map(delivery ->
            DeliveryRow.of(
                delivery,
                endpoint.enabled() && delivery.status() != Status.UNDER_WAY
                    ? links.of(tenant, delivery.id())
                    : null))
        .toList();
  }
}
