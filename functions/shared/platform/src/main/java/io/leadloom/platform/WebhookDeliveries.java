package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.DeliveryId;
import io.leadloom.model.EndpointId;
import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events on their way to endpoints, and those that arrived or failed; kept for 30 days. */
@Singleton
public final class WebhookDeliveries {

  private static final Duration KEPT = Duration.ofDays(30);

  /** An endpoint that takes one delivery after another is not noted each time. */
  private static final Duration SUCCESS_NOTED_EVERY = Duration.ofMinutes(5);

  private final Table table;
  private final WebhookEndpoints endpoints;

  WebhookDeliveries(Table table, WebhookEndpoints endpoints) {
    this.table = table;
    this.endpoints = endpoints;
  }

  /** Keeps a new delivery unless one of its id is there; tells whether it did. */
  public boolean add(TenantId tenant, WebhookDelivery delivery) {
    return table.putIfAbsent(item(tenant, delivery));
  }

  /** The delivery of that id, until it is forgotten. */
  public Optional<WebhookDelivery> find(TenantId tenant, DeliveryId id) {
    return table.get(Keys.webhookDelivery(tenant, id), WebhookDelivery.class);
  }

  /** The delivery of that id; {@link NotFoundException} where the tenant has none. */
  public WebhookDelivery get(TenantId tenant, DeliveryId id) {
    return find(tenant, id)
        .orElseThrow(() ->
            new NotFoundException(
                "webhook-delivery.not-found", "There is no webhook delivery '" + id + "'"));
  }

  /**
   * Replaces a delivery at the revision that was read.
   *
   * @throws ConflictException where somebody else changed it since
   */
  public void replace(TenantId tenant, WebhookDelivery delivery) {
    table.replace(item(tenant, delivery), delivery.rev());
  }

  /** As {@link #replace}, with the entry that tells of it. */
  public void replace(TenantId tenant, WebhookDelivery delivery, AuditEntry entry) {
    table.replace(
        item(tenant, delivery), delivery.rev(), new Write.Always(Audit.item(tenant, entry)));
  }

  /** As {@link #replace}, noting that the endpoint takes deliveries. */
  public void delivered(TenantId tenant, WebhookDelivery delivery, Instant now) {
    var noted = endpoints.lastSuccess(tenant, delivery.endpoint());
    if (noted.isPresent() && now.isBefore(noted.get().plus(SUCCESS_NOTED_EVERY))) {
      replace(tenant, delivery);
      return;
    }
    table.replace(
        item(tenant, delivery),
        delivery.rev(),
        new Write.Always(WebhookEndpoints.success(tenant, delivery.endpoint(), now)));
  }

  /**
   * As {@link #replace}, together with a change of its endpoint and the entry that tells of it.
   *
   * @throws ConflictException where somebody else changed one of them since
   */
  public void replace(
      TenantId tenant, WebhookDelivery delivery, WebhookEndpoint endpoint, AuditEntry entry) {
    if (!table.together(
        new Write.Replacing(item(tenant, delivery), delivery.rev()),
        new Write.Replacing(WebhookEndpoints.item(tenant, endpoint), endpoint.rev()),
        new Write.Always(Audit.item(tenant, entry)))) {
      throw new ConflictException(
          "table.changed", "The delivery or its endpoint was changed by somebody else");
    }
  }

  /**
   * Deliveries to an endpoint that come after one of them.
   *
   * @param after place of the last one seen, as {@link #place} tells; null to start
   */
  public List<WebhookDelivery> list(
      TenantId tenant,
      EndpointId endpoint,
      boolean newestFirst,
      @Nullable String after,
      int limit) {
    return table.queryByStatus(
        Keys.webhookDeliveries(tenant, endpoint), newestFirst, after, limit, WebhookDelivery.class);
  }

  /** Where a delivery stands in the lists. */
  public static String place(WebhookDelivery delivery) {
    return Keys.placeOf(delivery);
  }

  /** The place in the lists before everything that was made at a moment or later. */
  public static String placeBefore(Instant at) {
    return Keys.sortable(at);
  }

  private static Item item(TenantId tenant, WebhookDelivery delivery) {
    return Item.of(Keys.webhookDelivery(tenant, delivery.id()), "webhookDelivery", delivery)
        .indexed(Keys.listedDelivery(tenant, delivery))
        .expiring(delivery.createdAt().plus(KEPT));
  }
}
