package io.leadloom.model;

import java.time.Instant;
import java.util.Locale;

/**
 * What a tenant knows of a contact, over all leads that name it.
 *
 * @param company where the person is met; somebody met at two companies is two contacts
 * @param found as it was found last
 * @param rev counts the changes; a write names the revision it saw
 */
public record ContactProfile(
    ContactId id,
    CompanyId company,
    Contact found,
    Instant createdAt,
    Instant updatedAt,
    long rev) {

  /** The id of the contact who was found at a company under this address. */
  public static ContactId idOf(CompanyId company, String email) {
    return ContactId.of(
        Ids.derive("contact", company.value(), email.strip().toLowerCase(Locale.ROOT)));
  }

  /** A contact of whom nothing was known before. */
  public static ContactProfile first(
      ContactId id, CompanyId company, Contact contact, Instant now) {
    return new ContactProfile(id, company, contact, now, now, 0);
  }

  /** The same contact, found anew. */
  public ContactProfile foundAs(Contact latest, Instant now) {
    return new ContactProfile(id, company, latest, createdAt, now, rev);
  }
}
