package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Booking;
import io.leadloom.model.BookingId;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The meetings agreed upon. */
@Singleton
public final class Bookings {

  /** How long a time that has passed stays taken. */
  private static final Duration TIME_KEPT = Duration.ofDays(1);

  private final Table table;

  Bookings(Table table) {
    this.table = table;
  }

  /**
   * Keeps a booking, which takes its time, with the entry that tells of it: all or nothing.
   *
   * @return whether it did; false where one of its id is there, or another one has its time
   */
  public boolean add(TenantId tenant, Booking booking, AuditEntry entry) {
    var time =
        Item.of(
                Keys.meetingTime(tenant, booking.start()),
                "meetingTime",
                new MeetingTime(booking.lead(), booking.id()))
            .expiring(booking.end().plus(TIME_KEPT));
    return table.together(
        new Write.IfAbsent(item(tenant, booking)),
        new Write.IfAbsent(time),
        Usages.booked(tenant, booking.lead(), booking.at()),
        new Write.First(Audit.item(tenant, entry)));
  }

  /** Replaces a booking at the revision that was read, with the entry that tells of it. */
  public void change(TenantId tenant, Booking booking, AuditEntry entry) {
    table.replace(item(tenant, booking), booking.rev(), new Write.First(Audit.item(tenant, entry)));
  }

  /** The booking of that id. */
  public Optional<Booking> find(TenantId tenant, LeadId lead, BookingId id) {
    return table.get(Keys.booking(tenant, lead, id), Booking.class);
  }

  /** All bookings of a lead. */
  public List<Booking> of(TenantId tenant, LeadId lead) {
    return table.query(Keys.story(tenant, lead), "BOOKING#", Booking.class);
  }

  private static Item item(TenantId tenant, Booking booking) {
    return Item.of(Keys.booking(tenant, booking.lead(), booking.id()), "booking", booking);
  }

  /** Whose a time is. */
  private record MeetingTime(LeadId lead, BookingId booking) {}
}
