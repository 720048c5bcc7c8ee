package io.leadloom.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payload on its way to a function, queue, state machine or event bus.
 *
 * @param id stays the same over retries
 * @param payload JSON, or for a queue any text
 * @param attempts how often it was tried in vain
 * @param due when it may be tried next
 * @param messageGroupId for a FIFO queue
 * @param handover for an event that EventBridge has not handed over yet
 */
record Delivery(
    String id,
    String targetArn,
    String payload,
    int attempts,
    long due,
    @Nullable String messageGroupId,
    @Nullable Handover handover) {

  static Delivery to(String targetArn, String payload) {
    return new Delivery(UUID.randomUUID().toString(), targetArn, payload, 0, 0, null, null);
  }

  @JsonIgnore
  Instant dueAt() {
    return Instant.ofEpochMilli(due);
  }

  Delivery dueAt(Instant later) {
    return new Delivery(
        id, targetArn, payload, attempts, later.toEpochMilli(), messageGroupId, handover);
  }

  /** The same once more, as a delivery of its own. */
  Delivery again() {
    return new Delivery(
        UUID.randomUUID().toString(), targetArn, payload, attempts, due, messageGroupId, handover);
  }

  Delivery retryAt(Instant next) {
    return new Delivery(
        id, targetArn, payload, attempts + 1, next.toEpochMilli(), messageGroupId, handover);
  }

  /** The same as the target's own, which has taken it over. */
  Delivery handedOver() {
    return new Delivery(id, targetArn, payload, 0, 0, messageGroupId, null);
  }
}
