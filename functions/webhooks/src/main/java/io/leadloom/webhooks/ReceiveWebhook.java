package io.leadloom.webhooks;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes in a provider's webhook: checked, stored once, queued. Nothing else is done while the
 * provider waits.
 */
@Singleton
final class ReceiveWebhook {

  private final Map<String, WebhookSource> sources;
  private final Tenants tenants;
  private final Intake intake;

  ReceiveWebhook(List<WebhookSource> sources, Tenants tenants, Intake intake) {
    this.sources =
        sources.stream().collect(Collectors.toMap(WebhookSource::provider, Function.identity()));
    this.tenants = tenants;
    this.intake = intake;
  }

  /** What became of a webhook. */
  enum Outcome {
    QUEUED,
    /** It was processed before. */
    REPEATED,
    /** It is genuine, but nothing follows from it, so it is not kept. */
    IGNORED,
    /** It is forged, too old, or nobody's. */
    REFUSED,
    /** No provider has that name. */
    UNKNOWN_PROVIDER
  }

  Outcome run(String provider, String tenantId, HttpRequest request) {
    var source = sources.get(provider);
    if (source == null) {
      return Outcome.UNKNOWN_PROVIDER;
    }
    var tenant = tenant(tenantId);
    var told = tenant.flatMap(known -> source.verify(known, request));
    if (tenant.isEmpty() || told.isEmpty()) {
      return Outcome.REFUSED;
    }
    if (!told.get().matters()) {
      return Outcome.IGNORED;
    }
    return intake.take(tenant.get(), provider, told.get().id(), told.get().body())
        ? Outcome.QUEUED
        : Outcome.REPEATED;
  }

  private Optional<TenantId> tenant(String id) {
    try {
      return tenants.find(TenantId.of(id)).map(tenant -> tenant.id());
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
