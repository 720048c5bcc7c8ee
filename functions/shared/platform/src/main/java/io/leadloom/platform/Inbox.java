package io.leadloom.platform;

import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The verified webhooks, each stored once by the provider's event id and kept 30 days for replay.
 */
@Singleton
public final class Inbox {

  private static final Duration KEPT = Duration.ofDays(30);

  private final Table table;
  private final Clock clock;

  Inbox(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** Stores an event unless it is there; tells whether it did. */
  public boolean store(InboxEvent event) {
    return table.putIfAbsent(
        Item.of(Keys.inbox(event.provider(), event.id()), "inboxEvent", event)
            .expiring(clock.instant().plus(KEPT)));
  }

  /** Notes that an event was processed to its end, so that a repetition need not be queued. */
  public void processed(String provider, String id) {
    var now = clock.instant();
    table.put(
        Item.of(Keys.inboxDone(provider, id), "inboxDone", new Done(now)).expiring(now.plus(KEPT)));
  }

  /** Whether an event was processed to its end. */
  public boolean isProcessed(String provider, String id) {
    return table.get(Keys.inboxDone(provider, id), Done.class).isPresent();
  }

  /** The event of that id. */
  public Optional<InboxEvent> find(String provider, String id) {
    return table.get(Keys.inbox(provider, id), InboxEvent.class);
  }

  private record Done(Instant at) {}

  /** A verified webhook: the body is the text that was signed. */
  public record InboxEvent(
      String provider, String id, TenantId tenant, String body, Instant receivedAt) {}
}
