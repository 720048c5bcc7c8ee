package io.leadloom.notifications;

import io.leadloom.model.EventType;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint, as the API shows it. */
record EndpointView(
    String id,
    String url,
    @About("What it is told of; empty: everything") List<EventType> types,
    @Nullable String description,
    @About(
            "'gone': it answered 410; 'failing': all attempts of a delivery failed, and nothing else"
                + " reached it meanwhile")
        WebhookEndpoint.State state,
    @About("Since when it is at this URL and in this state") Instant since,
    @About("Until when the secret before the present one signs as well")
        @Nullable Instant previousSecretUntil,
    Instant createdAt,
    Instant updatedAt) {

  static EndpointView of(WebhookEndpoint endpoint) {
    return new EndpointView(
        endpoint.id().value(),
        endpoint.url(),
        endpoint.types().stream().sorted().toList(),
        endpoint.description(),
        endpoint.state(),
        endpoint.since(),
        endpoint.previousUntil(),
        endpoint.createdAt(),
        endpoint.updatedAt());
  }
}
