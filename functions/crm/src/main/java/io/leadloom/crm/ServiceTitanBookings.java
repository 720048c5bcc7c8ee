package io.leadloom.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.ProviderHttp.Answer;
import io.leadloom.platform.ProviderHttp.Call;
import io.leadloom.platform.ServiceTitan;
import io.leadloom.platform.UnknownOutcomeException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The bookings of a tenant in ServiceTitan. It has no idempotency keys: asked for twice, a booking
 * is made twice. So a booking is looked for by our own id before it is asked for.
 */
@Singleton
final class ServiceTitanBookings {

  private final ServiceTitan serviceTitan;

  ServiceTitanBookings(ServiceTitan serviceTitan) {
    this.serviceTitan = serviceTitan;
  }

  /** What ServiceTitan calls the booking that has this id of ours, if it has it. */
  Optional<String> find(TenantId tenant, String externalId) {
    var answer =
        serviceTitan.send(
            tenant,
            access ->
                Call.get(
                    "servicetitan",
                    URI.create(
                        bookings(access)
                            + "?externalId="
                            + URLEncoder.encode(externalId, StandardCharsets.UTF_8)),
                    access.headers()));
    if (!answer.ok()) {
      throw refused(answer, "to the search for booking '" + externalId + "'");
    }
    for (JsonNode found : answer.json().path("data")) {
      // A filter that is not understood would give everybody's bookings.
      if (found.path("externalId").asText().equals(externalId)) {
        return Optional.of(found.path("id").asText());
      }
    }
    return Optional.empty();
  }

  /**
   * Makes a booking.
   *
   * @throws TransientException where it may or may not have been made: look for it before trying
   *     again
   */
  String create(TenantId tenant, CrmBooking booking) {
    try {
      var answer =
          serviceTitan.send(
              tenant,
              access ->
                  Call.post("servicetitan", bookings(access), access.headers(), booking, false));
      if (answer.status() == 429 || answer.status() >= 500) {
        throw new TransientException(
            "servicetitan.busy",
            "ServiceTitan answered "
                + answer.status()
                + " to booking '"
                + booking.externalId()
                + "'");
      }
      var id = answer.json().path("id").asText();
      if (!answer.ok() || id.isEmpty()) {
        throw refused(answer, "to booking '" + booking.externalId() + "'");
      }
      return id;
    } catch (UnknownOutcomeException e) {
      throw new TransientException(
          "servicetitan.unknown",
          "Whether ServiceTitan made booking '"
              + booking.externalId()
              + "' is unknown; the next try looks for it first",
          e);
    }
  }

  private static URI bookings(ServiceTitan.Access access) {
    return access.resource("crm", "booking-provider/" + access.bookingProvider() + "/bookings");
  }

  private static PermanentException refused(Answer answer, String to) {
    return new PermanentException(
        "servicetitan.refused",
        "ServiceTitan answered "
            + answer.status()
            + " "
            + to
            + "; check its booking provider, business unit and job type");
  }
}
