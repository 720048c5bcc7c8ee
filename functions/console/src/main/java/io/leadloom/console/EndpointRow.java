package io.leadloom.console;

import io.leadloom.model.EventType;
import io.leadloom.model.WebhookEndpoint;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A webhook endpoint with what it was sent last.
 *
 * @param why it is switched off; empty where it is not
 */
public record EndpointRow(
    String url,
    String description,
    String types,
    String state,
    String why,
    String since,
    List<DeliveryRow> deliveries) {

  static EndpointRow of(WebhookEndpoint endpoint, List<DeliveryRow> deliveries) {
    var description = endpoint.description();
    return new EndpointRow(
        endpoint.url(),
        description == null ? "" : description,
        endpoint.types().isEmpty()
            ? "everything"
            : endpoint.types().stream()
                .sorted()
                .map(EventType::code)
                .collect(Collectors.joining(", ")),
        endpoint.enabled() ? "on" : "off",
        switch (endpoint.state()) {
          case ENABLED -> "";
          case DISABLED -> "Switched off by you.";
          case GONE -> "Switched off: it answered 410, so it wants to hear nothing more.";
          case FAILING ->
              "Switched off: all attempts of a delivery failed, and nothing else reached it"
                  + " meanwhile.";
        },
        endpoint.since().toString(),
        deliveries);
  }
}
