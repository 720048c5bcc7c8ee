package io.leadloom.platform;

import io.leadloom.model.Booking;
import io.leadloom.model.BookingId;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The meetings agreed upon. */
@Singleton
public final class Bookings {

  private final Table table;

  Bookings(Table table) {
    this.table = table;
  }

  /** Keeps a booking unless one of its id is there; tells whether it did. */
  public boolean add(TenantId tenant, Booking booking) {
    return table.putIfAbsent(item(tenant, booking));
  }

  /** Replaces a booking at the revision that was read. */
  public void change(TenantId tenant, Booking booking) {
    table.replace(item(tenant, booking), booking.rev());
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
}
