package io.leadloom.meetings;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.packs.Pack;
import io.leadloom.platform.ProviderHttp.Call;
import io.leadloom.platform.ServiceTitan;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads from ServiceTitan when the tenant's people are free. */
@Singleton
final class Capacity {

  private final ServiceTitan serviceTitan;

  Capacity(ServiceTitan serviceTitan) {
    this.serviceTitan = serviceTitan;
  }

  /** The spans with free hours from now to the horizon of the pack. */
  List<Availability> ahead(TenantId tenant, Pack pack, Instant now) {
    var meeting = pack.meeting();
    var query =
        new Query(
            now.toString(),
            now.plus(Duration.ofDays(meeting.horizonDays())).toString(),
            List.of(meeting.businessUnitId()),
            meeting.jobTypeId(),
            false);
    // Asking changes nothing, POST or not.
    var answer =
        serviceTitan.send(
            tenant,
            access ->
                Call.post(
                    "servicetitan",
                    access.resource("dispatch", "capacity"),
                    access.headers(),
                    query,
                    true));
    if (!answer.ok()) {
      throw new PermanentException(
          "servicetitan.capacity",
          "ServiceTitan answered "
              + answer.status()
              + " to the question for capacity; check business unit and job type of pack '"
              + pack.id()
              + "'");
    }
    var zone = pack.sending().defaultZone();
    var spans = new ArrayList<Availability>();
    for (var span : answer.json().path("availabilities")) {
      read(span, zone).ifPresent(spans::add);
    }
    return spans;
  }

  private static Optional<Availability> read(JsonNode span, ZoneId zone) {
    if (!span.path("isAvailable").asBoolean(true)) {
      return Optional.empty();
    }
    var start = instant(span, "start", zone);
    var end = instant(span, "end", zone);
    return start.isEmpty() || end.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Availability(start.get(), end.get(), span.path("openAvailability").asDouble()));
  }

  /** ServiceTitan may leave the UTC time out; the other one is local to the tenant. */
  private static Optional<Instant> instant(JsonNode span, String name, ZoneId zone) {
    if (span.path(name + "Utc").isTextual()) {
      return Optional.of(Instant.parse(span.path(name + "Utc").asText()));
    }
    return Optional.of(span.path(name).asText())
        .filter(local -> !local.isEmpty())
        .map(local -> LocalDateTime.parse(local).atZone(zone).toInstant());
  }

  private record Query(
      String startsOnOrAfter,
      String endsOnOrBefore,
      List<Long> businessUnitIds,
      long jobTypeId,
      boolean skillBasedAvailability) {}
}
