package io.leadloom.model;

import java.time.Instant;

/**
 * What a tenant knows of a company, over all leads for it.
 *
 * @param found as it was found last
 * @param rev counts the changes; a write names the revision it saw
 */
public record CompanyProfile(
    CompanyId id, Company found, Instant createdAt, Instant updatedAt, long rev) {

  /**
   * The id of the company with this key. It is the same for all tenants, so that a copy of a tenant
   * under another name knows its companies.
   */
  public static CompanyId idOf(String companyKey) {
    return CompanyId.of(Ids.derive("company", companyKey));
  }

  /** The company of a lead, of which nothing was known before. */
  public static CompanyProfile first(CompanyId id, Lead lead) {
    return new CompanyProfile(id, lead.company(), lead.createdAt(), lead.updatedAt(), 0);
  }

  /** The same company, found anew. */
  public CompanyProfile foundAs(Company latest, Instant now) {
    return new CompanyProfile(id, latest, createdAt, now, rev);
  }
}
