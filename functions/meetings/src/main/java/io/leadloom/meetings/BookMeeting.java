package io.leadloom.meetings;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Booking;
import io.leadloom.model.BookingId;
import io.leadloom.model.Cost;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Story;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Bookings;
import io.leadloom.platform.Leads;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Books the meeting a prospect agreed to: the first time that is free with the tenant and suits the
 * prospect as far as their reply tells. A time goes to one lead only.
 */
@Singleton
final class BookMeeting {

  /** The fact of a draft that holds the times it offers. */
  private static final String OFFERED = "meeting.offered=";

  private final Leads leads;
  private final Bookings bookings;
  private final Audit audit;
  private final Capacity capacity;
  private final Packs packs;
  private final Clock clock;

  BookMeeting(
      Leads leads, Bookings bookings, Audit audit, Capacity capacity, Packs packs, Clock clock) {
    this.leads = leads;
    this.bookings = bookings;
    this.audit = audit;
    this.capacity = capacity;
    this.packs = packs;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Outcome {

    /** The lead's meeting; the same one however often it is asked for. */
    record Booked(Booking booking) implements Outcome {}

    /** Nothing is free within the horizon. */
    record NoSlot() implements Outcome {}
  }

  Outcome run(TenantId tenant, LeadId id, ReplyId replyId) {
    var bookingId = BookingId.of("booking-" + id.value());
    var existing = bookings.find(tenant, id, bookingId);
    if (existing.isPresent()) {
      return new Outcome.Booked(existing.get());
    }
    var story = leads.story(tenant, id);
    var lead = story.lead();
    var pack = packs.load(lead.pack());
    var zone = pack.sending().zoneOf(lead);
    var reply = reply(story, replyId);
    var now = clock.instant();
    var free = capacity.ahead(tenant, pack, now);
    charge(tenant, id, bookingId, now);
    return Slots.possible(free, pack, zone, preferred(reply, zone), offered(story), now).stream()
        .flatMap(start -> kept(tenant, booking(bookingId, id, start, zone, pack, now)).stream())
        .findFirst()
        .<Outcome>map(Outcome.Booked::new)
        .orElseGet(() -> {
          audit.record(
              tenant, entry(bookingId, now, "meeting.no-slot", "nothing is free in the horizon"));
          return new Outcome.NoSlot();
        });
  }

  private static Reply reply(Story story, ReplyId id) {
    return story.replies().stream()
        .filter(reply -> reply.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException("reply.not-found", "There is no reply '" + id + "'"));
  }

  private static PreferredTimes preferred(Reply reply, ZoneId zone) {
    return PreferredTimes.parse(
        Optional.ofNullable(reply.text()).orElse(""),
        reply.receivedAt().atZone(zone).toLocalDate());
  }

  /** The times that the latest message to the prospect offered. */
  private static Set<Instant> offered(Story story) {
    return story.touches().stream()
        .filter(Touch::mayHaveArrived)
        .map(Touch::draft)
        .reduce((earlier, later) -> later)
        .flatMap(sent -> story.drafts().stream().filter(d -> d.id().equals(sent)).findFirst())
        .stream()
        .flatMap(draft -> draft.facts().stream())
        .filter(fact -> fact.startsWith(OFFERED))
        .flatMap(fact -> Stream.of(fact.substring(OFFERED.length()).split(" ")))
        .map(Instant::parse)
        .collect(Collectors.toSet());
  }

  private static Booking booking(
      BookingId id, LeadId lead, Instant start, ZoneId zone, Pack pack, Instant now) {
    return new Booking(
        id,
        lead,
        start,
        start.plus(Duration.ofMinutes(pack.meeting().durationMinutes())),
        zone.getId(),
        lead.value(),
        null,
        null,
        now,
        0);
  }

  /**
   * The lead's booking: this one, or the one of a repeated step that was faster; nothing where the
   * time is another lead's.
   */
  private Optional<Booking> kept(TenantId tenant, Booking booking) {
    var entry = entry(booking.id(), booking.at(), "meeting.booked", "for " + booking.start());
    return bookings.add(tenant, booking, entry)
        ? Optional.of(booking)
        : bookings.find(tenant, booking.lead(), booking.id());
  }

  private void charge(TenantId tenant, LeadId lead, BookingId booking, Instant now) {
    var price = packs.costs().microUsd("servicetitan.call", 1);
    if (price > 0) {
      leads.add(
          tenant,
          lead,
          new Cost(
              Ids.derive("cost", booking.value(), "capacity"),
              "capacity looked up",
              "servicetitan",
              price,
              now));
    }
  }

  private static AuditEntry entry(BookingId booking, Instant now, String action, String why) {
    return new AuditEntry(now, "step:book-meeting", action, booking.value(), why);
  }
}
