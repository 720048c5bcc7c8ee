package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.EndpointId;
import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The addresses at which tenants are told what happens. */
@Singleton
public final class WebhookEndpoints {

  private final Table table;

  WebhookEndpoints(Table table) {
    this.table = table;
  }

  /** A tenant's endpoints, oldest first. */
  public List<WebhookEndpoint> list(TenantId tenant) {
    return table
        .query(Keys.ofTenant(tenant), Keys.webhookEndpoints(), WebhookEndpoint.class)
        .stream()
        .sorted(Comparator.comparing(WebhookEndpoint::createdAt).thenComparing(e -> e.id().value()))
        .toList();
  }

  /** The endpoint of that id. */
  public Optional<WebhookEndpoint> find(TenantId tenant, EndpointId id) {
    return table.get(Keys.webhookEndpoint(tenant, id), WebhookEndpoint.class);
  }

  /** The endpoint of that id; {@link NotFoundException} where the tenant has none. */
  public WebhookEndpoint get(TenantId tenant, EndpointId id) {
    return find(tenant, id)
        .orElseThrow(() ->
            new NotFoundException(
                "webhook-endpoint.not-found", "There is no webhook endpoint '" + id + "'"));
  }

  /** Keeps a new endpoint unless one of its id is there, with the entry that tells of it. */
  public void create(TenantId tenant, WebhookEndpoint endpoint, AuditEntry entry) {
    table.together(
        new Write.IfAbsent(item(tenant, endpoint)), new Write.Always(Audit.item(tenant, entry)));
  }

  /**
   * Replaces an endpoint at the revision that was read, with the entry that tells of it.
   *
   * @return the endpoint as it is now
   * @throws ConflictException where somebody else changed it since
   */
  public WebhookEndpoint replace(TenantId tenant, WebhookEndpoint endpoint, AuditEntry entry) {
    table.replace(
        item(tenant, endpoint), endpoint.rev(), new Write.Always(Audit.item(tenant, entry)));
    return get(tenant, endpoint.id());
  }

  /** Forgets an endpoint, with the entry that tells of it. */
  public void delete(TenantId tenant, EndpointId id, AuditEntry entry) {
    table.together(
        new Write.Delete(Keys.webhookEndpoint(tenant, id)),
        new Write.Delete(Keys.webhookSuccess(tenant, id)),
        new Write.Always(Audit.item(tenant, entry)));
  }

  /** When an endpoint last took a delivery, give or take five minutes. */
  public Optional<Instant> lastSuccess(TenantId tenant, EndpointId id) {
    return table.get(Keys.webhookSuccess(tenant, id), Success.class).map(Success::at);
  }

  static Item item(TenantId tenant, WebhookEndpoint endpoint) {
    return Item.of(Keys.webhookEndpoint(tenant, endpoint.id()), "webhookEndpoint", endpoint);
  }

  static Item success(TenantId tenant, EndpointId id, Instant at) {
    return Item.of(Keys.webhookSuccess(tenant, id), "webhookSuccess", new Success(at));
  }

  private record Success(Instant at) {}
}
