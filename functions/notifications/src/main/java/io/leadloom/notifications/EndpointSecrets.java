package io.leadloom.notifications;

import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.Secrets;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The secrets that sign webhooks. None is kept: each follows from one key, which is in Secrets
 * Manager, and from whose and which endpoint's it is, by HMAC-SHA-256.
 */
@Singleton
final class EndpointSecrets {

  private final Secrets secrets;

  EndpointSecrets(Secrets secrets) {
    this.secrets = secrets;
  }

  /** The secret that an endpoint's receiver verifies with. */
  StandardSecret of(TenantId tenant, WebhookEndpoint endpoint) {
    return of(tenant, endpoint, endpoint.secret());
  }

  /** The secrets that sign now: the present one, and after a rotation the one before. */
  List<StandardSecret> signing(TenantId tenant, WebhookEndpoint endpoint, Instant now) {
    var all = new ArrayList<StandardSecret>();
    all.add(of(tenant, endpoint));
    var until = endpoint.previousUntil();
    if (until != null && now.isBefore(until)) {
      all.add(of(tenant, endpoint, endpoint.secret() - 1));
    }
    return all;
  }

  private StandardSecret of(TenantId tenant, WebhookEndpoint endpoint, int number) {
    // Ids hold no '#', so no two secrets have the same name.
    var name = "webhook#%s#%s#%d".formatted(tenant, endpoint.id(), number);
    return new StandardSecret(
        StandardSecret.hmac(secrets.webhookKey(), name.getBytes(StandardCharsets.UTF_8)));
  }
}
