package io.leadloom.webhooks;

import io.leadloom.model.Ids;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.Inbox;
import io.leadloom.platform.Queues;
import io.leadloom.platform.Settings;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes in a provider's webhook: checked, stored once, queued. Nothing else is done while the
 * provider waits. One that was stored but not processed is queued again when the provider repeats
 * it, so that a process that died in between loses nothing.
 */
@Singleton
final class ReceiveWebhook {

  private final Map<String, WebhookSource> sources;
  private final Tenants tenants;
  private final Inbox inbox;
  private final Queues queues;
  private final Settings settings;
  private final Clock clock;

  ReceiveWebhook(
      List<WebhookSource> sources,
      Tenants tenants,
      Inbox inbox,
      Queues queues,
      Settings settings,
      Clock clock) {
    this.sources =
        sources.stream().collect(Collectors.toMap(WebhookSource::provider, Function.identity()));
    this.tenants = tenants;
    this.inbox = inbox;
    this.queues = queues;
    this.settings = settings;
    this.clock = clock;
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

  /** The message in the queue. */
  record Arrived(String provider, String eventId) {}

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
    var id = Ids.derive("event", tenant.get().value(), provider, told.get().id());
    var event =
        new Inbox.InboxEvent(provider, id, tenant.get(), told.get().body(), clock.instant());
    if (!inbox.store(event) && inbox.isProcessed(provider, id)) {
      return Outcome.REPEATED;
    }
    queues.send(settings.webhookQueueUrl(), new Arrived(provider, id));
    return Outcome.QUEUED;
  }

  private Optional<TenantId> tenant(String id) {
    try {
      return tenants.find(TenantId.of(id)).map(tenant -> tenant.id());
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
