package io.leadloom.notifications;

import io.leadloom.model.EventType;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A delivery, as the API shows it. */
record DeliveryView(
    String id,
    String endpointId,
    @About("The webhook-id, the same for each endpoint and each attempt") String eventId,
    EventType type,
    @About("'held': its endpoint was switched off") WebhookDelivery.Status status,
    @About("The text that is sent, byte for byte") String body,
    @About("1, and one more for each replay") int run,
    List<AttemptView> attempts,
    @Nullable Instant nextAttemptAt,
    Instant createdAt,
    Instant updatedAt) {

  static DeliveryView of(WebhookDelivery delivery) {
    return new DeliveryView(
        delivery.id().value(),
        delivery.endpoint().value(),
        delivery.event(),
        delivery.type(),
        delivery.status(),
        delivery.body(),
        delivery.run(),
        delivery.attempts().stream().map(AttemptView::of).toList(),
        delivery.nextAt(),
        delivery.createdAt(),
        delivery.updatedAt());
  }

  /** One try. */
  record AttemptView(
      int run,
      @About("Within its run, from 1") int number,
      Instant at,
      @About("What the endpoint answered; absent where it did not") @Nullable Integer status,
      @About("Code of what went wrong; absent where nothing did") @Nullable String problem,
      @About("The beginning of the answer") @Nullable String answer,
      long millis) {

    static AttemptView of(WebhookDelivery.Attempt attempt) {
      return new AttemptView(
          attempt.run(),
          attempt.number(),
          attempt.at(),
          attempt.status(),
          attempt.problem(),
          attempt.answer(),
          attempt.millis());
    }
  }
}
