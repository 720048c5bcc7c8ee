package io.leadloom.webhooks;

import io.leadloom.model.Ids;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Inbox;
import io.leadloom.platform.Queues;
import io.leadloom.platform.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Stores what a provider told once, and queues it. What was stored but not processed is queued
 * again when it is told again, so that a process that died in between loses nothing.
 */
@Singleton
final class Intake {

  private final Inbox inbox;
  private final Queues queues;
  private final Settings settings;
  private final Clock clock;

  Intake(Inbox inbox, Queues queues, Settings settings, Clock clock) {
    this.inbox = inbox;
    this.queues = queues;
    this.settings = settings;
    this.clock = clock;
  }

  /** The message in the queue. */
  record Arrived(String provider, String eventId) {}

  /**
   * Takes an event in.
   *
   * @param toldId the provider's own id of it
   * @return whether it was queued: false where it was processed before
   */
  boolean take(TenantId tenant, String provider, String toldId, String body) {
    var id = Ids.derive("event", tenant.value(), provider, toldId);
    var event = new Inbox.InboxEvent(provider, id, tenant, body, clock.instant());
    if (!inbox.store(event) && inbox.isProcessed(provider, id)) {
      return false;
    }
    queues.send(tenant, settings.webhookQueueUrl(), new Arrived(provider, id));
    return true;
  }
}
