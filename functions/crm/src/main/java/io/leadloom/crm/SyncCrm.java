package io.leadloom.crm;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Booking;
import io.leadloom.model.BookingId;
import io.leadloom.model.Cost;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Signal;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Bookings;
import io.leadloom.platform.Leads;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Hands a booking over to the tenant's CRM, once, and moves its lead to booked. */
@Singleton
final class SyncCrm {

  private static final String CRM = "servicetitan";

  private final Leads leads;
  private final Bookings bookings;
  private final ServiceTitanBookings crm;
  private final Packs packs;
  private final Clock clock;

  SyncCrm(Leads leads, Bookings bookings, ServiceTitanBookings crm, Packs packs, Clock clock) {
    this.leads = leads;
    this.bookings = bookings;
    this.crm = crm;
    this.packs = packs;
    this.clock = clock;
  }

  /** Hands it over and answers with the CRM's own id of it. */
  String run(TenantId tenant, LeadId id, BookingId bookingId) {
    var booking = booking(tenant, id, bookingId);
    var known = booking.crmId();
    var crmId = known != null ? known : handedOver(tenant, booking);
    var now = clock.instant();
    leads.change(
        tenant,
        id,
        lead ->
            lead.stage() == Stage.BOOKED && lead.reached().containsKey(Milestone.BOOKED)
                ? lead
                : lead.at(Stage.BOOKED, "meeting.booked", now).reaching(Milestone.BOOKED, now));
    return crmId;
  }

  private String handedOver(TenantId tenant, Booking booking) {
    var crmId = crm.find(tenant, booking.externalId()).orElseGet(() -> created(tenant, booking));
    var now = clock.instant();
    charge(tenant, booking);
    try {
      bookings.change(
          tenant,
          booking.inCrm(CRM, crmId),
          new AuditEntry(
              now, "step:sync-crm", "booking.in-crm", booking.id().value(), CRM + " " + crmId));
    } catch (ConflictException e) {
      // A repeated step was faster; what it wrote must be there now.
      if (booking(tenant, booking.lead(), booking.id()).crmId() == null) {
        throw e;
      }
    }
    return crmId;
  }

  private String created(TenantId tenant, Booking booking) {
    var lead = leads.get(tenant, booking.lead());
    var permit = leads.signals(tenant, booking.lead()).stream().map(Signal::permit).findFirst();
    var meeting = packs.load(lead.pack()).meeting();
    return crm.create(tenant, CrmBooking.of(booking, lead, permit, meeting));
  }

  private Booking booking(TenantId tenant, LeadId lead, BookingId id) {
    return bookings
        .find(tenant, lead, id)
        .orElseThrow(
            () -> new NotFoundException("booking.not-found", "There is no booking '" + id + "'"));
  }

  private void charge(TenantId tenant, Booking booking) {
    var price = packs.costs().microUsd("servicetitan.call", 2);
    if (price > 0) {
      leads.add(
          tenant,
          booking.lead(),
          new Cost(
              Ids.derive("cost", booking.id().value(), "crm"),
              "booking handed over",
              CRM,
              price,
              clock.instant()));
    }
  }
}
