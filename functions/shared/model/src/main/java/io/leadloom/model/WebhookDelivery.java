package io.leadloom.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint.
 *
 * @param event the event's id, the same for each endpoint and each attempt
 * @param body the text that is sent, the same each time
 * @param run how often it was set on its way: 1, and one more for each replay
 * @param attempts oldest first, of all runs, as far as they are kept
 * @param nextAt when the next attempt is due, if one is
 * @param rev counts the changes
 */
@RecordBuilder
public record WebhookDelivery(
    DeliveryId id,
    EndpointId endpoint,
    String event,
    EventType type,
    String body,
    Status status,
    int run,
    List<Attempt> attempts,
    @Nullable Instant nextAt,
    Instant createdAt,
    Instant updatedAt,
    long rev) {

  /** The most attempts that are kept, those of three runs. */
  private static final int KEPT = 30;

  /** Keeps a copy. */
  public WebhookDelivery {
    attempts = List.copyOf(attempts);
  }

  /** How it stands. */
  public enum Status {
    /** An attempt is due now or later. */
    UNDER_WAY,
    DELIVERED,
    /** The last attempt failed too. */
    FAILED,
    /** Its endpoint was switched off; it can be replayed. */
    HELD
  }

  /**
   * One try.
   *
   * @param number within its run, from 1
   * @param status what the endpoint answered; absent where it did not
   * @param problem code of what went wrong; absent where nothing did
   * @param answer the first characters of the answer's body
   * @param millis how long it took
   */
  public record Attempt(
      int run,
      int number,
      Instant at,
      @Nullable Integer status,
      @Nullable String problem,
      @Nullable String answer,
      long millis) {}

  /** The one id that a delivery of this event to this endpoint can have. */
  public static DeliveryId idOf(String event, EndpointId endpoint) {
    return DeliveryId.of(Ids.derive("delivery", event, endpoint.value()));
  }

  /** A delivery just set on its way, or kept where the endpoint is switched off. */
  public static WebhookDelivery of(
      String event, EventType type, String body, WebhookEndpoint endpoint, Instant now) {
    return new WebhookDelivery(
        idOf(event, endpoint.id()),
        endpoint.id(),
        event,
        type,
        body,
        endpoint.enabled() ? Status.UNDER_WAY : Status.HELD,
        1,
        List.of(),
        endpoint.enabled() ? now : null,
        now,
        now,
        0);
  }

  /** How many attempts its present run has had. */
  public int attemptsOfRun() {
    return (int) attempts.stream().filter(attempt -> attempt.run() == run).count();
  }

  /** The same delivery after an attempt. */
  public WebhookDelivery attempted(
      Attempt attempt, Status newStatus, @Nullable Instant next, Instant now) {
    var all = Stream.concat(attempts.stream(), Stream.of(attempt)).toList();
    return WebhookDeliveryBuilder.builder(this)
        .attempts(all.subList(Math.max(0, all.size() - KEPT), all.size()))
        .status(newStatus)
        .nextAt(next)
        .updatedAt(now)
        .build();
  }

  /** The same delivery, kept because its endpoint is switched off. */
  public WebhookDelivery held(Instant now) {
    return WebhookDeliveryBuilder.builder(this)
        .status(Status.HELD)
        .nextAt(null)
        .updatedAt(now)
        .build();
  }

  /** The same delivery, set on its way once more. */
  public WebhookDelivery again(Instant now) {
    return WebhookDeliveryBuilder.builder(this)
        .status(Status.UNDER_WAY)
        .run(run + 1)
        .nextAt(now)
        .updatedAt(now)
        .build();
  }
}
