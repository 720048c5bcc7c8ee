package io.leadloom.console;

import io.leadloom.model.WebhookDelivery;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to a webhook endpoint, as a line of a table.
 *
 * @param last what came of the last attempt
 * @param replay where the form that sends it again goes; null where it cannot be
 */
public record DeliveryRow(
    String type,
    String event,
    String at,
    String status,
    int attempts,
    String last,
    @Nullable String replay) {

  static DeliveryRow of(WebhookDelivery delivery, @Nullable String replay) {
    return new DeliveryRow(
        delivery.type().code(),
        delivery.event(),
        delivery.createdAt().toString(),
        delivery.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        delivery.attempts().size(),
        delivery.attempts().isEmpty() ? "" : last(delivery.attempts().getLast()),
        replay);
  }

  private static String last(WebhookDelivery.Attempt attempt) {
    return attempt.status() == null
        ? String.valueOf(attempt.problem())
        : "answered " + attempt.status();
  }
}
