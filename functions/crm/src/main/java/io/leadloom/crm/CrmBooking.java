package io.leadloom.crm;

import io.leadloom.model.Booking;
import io.leadloom.model.Contact;
import io.leadloom.model.Lead;
import io.leadloom.model.Permit;
import io.leadloom.packs.MeetingRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A booking as ServiceTitan takes it ({@code POST …/bookings}); field names are theirs. */
record CrmBooking(
    String source,
    String name,
    String summary,
    boolean isFirstTimeClient,
    String externalId,
    Address address,
    List<ContactWay> contacts,
    String customerType,
    Instant start,
    long businessUnitId,
    long jobTypeId,
    String priority,
    boolean isSendConfirmationEmail) {

  record Address(
      @Nullable String street,
      @Nullable String city,
      @Nullable String state,
      @Nullable String zip,
      String country) {}

  record ContactWay(String type, String value) {}

  /**
   * A lead's booking.
   *
   * @param permit the one that raised the lead
   */
  static CrmBooking of(Booking booking, Lead lead, Optional<Permit> permit, MeetingRules meeting) {
    var company = lead.company();
    var contact = Optional.ofNullable(lead.contact());
    return new CrmBooking(
        "leadloom",
        contact
            .map(person -> person.firstName() + " " + person.lastName() + ", " + company.name())
            .orElse(company.name()),
        permit
            .map(found ->
                meeting.type() + ", about permit " + found.number() + " (" + found.type() + ")")
            .orElse(meeting.type()),
        true,
        booking.externalId(),
        new Address(
            company.address(),
            company.city(),
            company.state(),
            company.zip(),
            "US".equals(Objects.requireNonNullElse(company.country(), "US"))
                ? "USA"
                : Objects.requireNonNull(company.country())),
        contact.map(CrmBooking::ways).orElse(List.of()),
        meeting.customerType(),
        booking.start(),
        meeting.businessUnitId(),
        meeting.jobTypeId(),
        meeting.priority(),
        false);
  }

  private static List<ContactWay> ways(Contact contact) {
    var ways = new ArrayList<ContactWay>();
    ways.add(new ContactWay("Email", contact.email()));
    if (contact.phone() != null) {
      ways.add(new ContactWay("Phone", contact.phone()));
    }
    return ways;
  }
}
