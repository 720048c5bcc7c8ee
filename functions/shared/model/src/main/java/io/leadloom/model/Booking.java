package io.leadloom.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agreed meeting.
 *
 * @param externalId our own id in the CRM's record, by which it is found before anything is
 *     repeated
 * @param crmId what the CRM calls it; absent until it is handed over
 */
public record Booking(
    BookingId id,
    LeadId lead,
    Instant start,
    Instant end,
    String zone,
    String externalId,
    @Nullable String crm,
    @Nullable String crmId,
    Instant at,
    long rev) {

  /** The same booking, known to the CRM. */
  public Booking inCrm(String system, String theirId) {
    return new Booking(id, lead, start, end, zone, externalId, system, theirId, at, rev);
  }
}
