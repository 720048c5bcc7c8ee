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

  /** The event of that id. */
  public Optional<InboxEvent> find(String provider, String id) {
    return table.get(Keys.inbox(provider, id), InboxEvent.class);
  }

  /** A verified webhook: the body is the text that was signed. */
  public record InboxEvent(
      String provider, String id, TenantId tenant, String body, Instant receivedAt) {}
}
