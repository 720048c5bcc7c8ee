package io.leadloom.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant knows of a contact, over all leads that name it.
 *
 * @param company where the person is met; somebody met at two companies is two contacts
 * @param found as it was found last
 * @param correction what a person corrected of it, whatever is found later
 * @param rev counts the changes; a write names the revision it saw
 */
public record ContactProfile(
    ContactId id,
    CompanyId company,
    Contact found,
    @Nullable ContactCorrection correction,
    Instant createdAt,
    Instant updatedAt,
    long rev) {

  /** The id of the contact who was found at a company under this address, wrong as it may be. */
  public static ContactId idOf(CompanyId company, String email) {
    return ContactId.of(
        Ids.derive("contact", company.value(), email.strip().toLowerCase(Locale.ROOT)));
  }

  /** A contact of whom nothing was known before. */
  public static ContactProfile first(
      ContactId id, CompanyId company, Contact contact, Instant now) {
    return new ContactProfile(id, company, contact, null, now, now, 0);
  }

  /** The same contact, found anew. */
  public ContactProfile foundAs(Contact latest, Instant now) {
    return new ContactProfile(id, company, latest, correction, createdAt, now, rev);
  }

  /** The same contact with this corrected of it, and nothing else. */
  public ContactProfile corrected(ContactCorrection latest, Instant now) {
    return new ContactProfile(id, company, found, latest, createdAt, now, rev);
  }

  /** What a person corrected of it. */
  public ContactCorrection corrections() {
    return Objects.requireNonNullElse(correction, ContactCorrection.NONE);
  }

  /** The contact as it is known: as it was found, with what is corrected. */
  public Contact contact() {
    return corrections().on(found);
  }
}
