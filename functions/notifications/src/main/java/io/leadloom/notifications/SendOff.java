package io.leadloom.notifications;

import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.platform.Executions;
import io.leadloom.platform.Settings;
import io.leadloom.platform.WebhookDeliveries;
import jakarta.inject.Singleton;

/** Sets deliveries on their way: one execution of {@code webhook-delivery} for each run. */
@Singleton
final class SendOff {

  private final WebhookDeliveries deliveries;
  private final Executions executions;
  private final Settings settings;

  SendOff(WebhookDeliveries deliveries, Executions executions, Settings settings) {
    this.deliveries = deliveries;
    this.executions = executions;
    this.settings = settings;
  }

  /** Keeps a new delivery and starts it; doing it again keeps and starts nothing new. */
  void first(TenantId tenant, WebhookDelivery delivery) {
    if (deliveries.add(tenant, delivery)) {
      start(tenant, delivery);
    } else {
      // Whoever kept it may have died before starting it.
      deliveries
          .find(tenant, delivery.id())
          .filter(there -> there.run() == 1 && there.attempts().isEmpty())
          .ifPresent(there -> start(tenant, there));
    }
  }

  /** Starts the present run of a delivery; starting it twice starts it once. */
  void start(TenantId tenant, WebhookDelivery delivery) {
    if (delivery.status() == WebhookDelivery.Status.UNDER_WAY) {
      executions.start(
          settings.webhookDeliveryArn(),
          delivery.id() + "-" + delivery.run(),
          new Input(tenant.value(), delivery.id().value(), delivery.run()));
    }
  }

  /** What the machine begins with. */
  record Input(String tenantId, String deliveryId, int run) {}
}
