package io.leadloom.notifications;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.DeliveryId;
import io.leadloom.model.EndpointId;
import io.leadloom.model.EventType;
import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookDeliveryBuilder;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.testkit.Platform;
import java.util.Set;

/** What tests of this group begin with. */
final class Scenes {

  static final DeliveryId DELIVERY = DeliveryId.of("delivery-1");

  private Scenes() {}

  /** An endpoint of a tenant, told of these types. */
  static WebhookEndpoint endpoint(
      Platform platform, TenantId tenant, String id, String url, EventType... types) {
    var now = platform.clock().instant();
    var endpoint = WebhookEndpoint.made(EndpointId.of(id), url, Set.of(types), null, now);
    platform.bean(WebhookEndpoints.class).create(tenant, endpoint, entry(platform, id));
    return platform.bean(WebhookEndpoints.class).get(tenant, endpoint.id());
  }

  /** The delivery that the sample payloads name. */
  static void delivery(Platform platform, TenantId tenant, WebhookEndpoint endpoint) {
    var now = platform.clock().instant();
    var delivery =
        WebhookDelivery.of(
            "event-1", EventType.LEAD_CREATED, "{\"type\":\"lead.created\"}", endpoint, now);
    platform
        .bean(WebhookDeliveries.class)
        .add(tenant, WebhookDeliveryBuilder.builder(delivery).id(DELIVERY).build());
  }

  static AuditEntry entry(Platform platform, String subject) {
    return new AuditEntry(platform.clock().instant(), "user:robin", "test", subject, "test");
  }
}
