package io.leadloom.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.Json;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Takes in what Amazon SES tells the event bus about a message. Nobody but AWS can write events of
 * the source {@code aws.ses}; whose message it is, our own tag tells.
 */
@Singleton
final class ReceiveMailEvent {

  private final Tenants tenants;
  private final Intake intake;

  ReceiveMailEvent(Tenants tenants, Intake intake) {
    this.tenants = tenants;
    this.intake = intake;
  }

  /** What became of an event. */
  enum Outcome {
    QUEUED,
    /** It was processed before. */
    REPEATED,
    /** The message is of none of our tenants: somebody else sends by the same account. */
    FOREIGN
  }

  Outcome run(String eventId, JsonNode detail) {
    var tenant = tenant(SesEvents.tag(detail, "tenant"));
    if (tenant.isEmpty()) {
      return Outcome.FOREIGN;
    }
    return intake.take(tenant.get(), SesEvents.PROVIDER, eventId, Json.write(detail))
        ? Outcome.QUEUED
        : Outcome.REPEATED;
  }

  private Optional<TenantId> tenant(String id) {
    try {
      return tenants.find(TenantId.of(id)).map(tenant -> tenant.id());
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
