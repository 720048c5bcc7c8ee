package io.leadloom.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant knows of a company, over all leads for it.
 *
 * @param found as it was found last
 * @param correction what a person corrected of it, whatever is found later
 * @param rev counts the changes; a write names the revision it saw
 */
public record CompanyProfile(
    CompanyId id,
    Company found,
    @Nullable CompanyCorrection correction,
    Instant createdAt,
    Instant updatedAt,
    long rev) {

  /**
   * The id of the company with this key. It is the same for all tenants, so that a copy of a tenant
   * under another name knows its companies.
   */
  public static CompanyId idOf(String companyKey) {
    return CompanyId.of(Ids.derive("company", companyKey));
  }

  /** The company of a lead, of which nothing was known before. */
  public static CompanyProfile first(CompanyId id, Lead lead) {
    return new CompanyProfile(id, lead.company(), null, lead.createdAt(), lead.updatedAt(), 0);
  }

  /** The same company, found anew. */
  public CompanyProfile foundAs(Company latest, Instant now) {
    return new CompanyProfile(id, latest, correction, createdAt, now, rev);
  }

  /** The same company with this corrected of it, and nothing else. */
  public CompanyProfile corrected(CompanyCorrection latest, Instant now) {
    return new CompanyProfile(id, found, latest, createdAt, now, rev);
  }

  /** What a person corrected of it. */
  public CompanyCorrection corrections() {
    return Objects.requireNonNullElse(correction, CompanyCorrection.NONE);
  }

  /** The company as it is known: as it was found, with what is corrected. */
  public Company company() {
    return corrections().on(found);
  }
}
