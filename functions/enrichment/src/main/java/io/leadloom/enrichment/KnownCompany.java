package io.leadloom.enrichment;

import io.leadloom.model.Company;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A company as a provider knows it.
 *
 * @param state two-letter code of a US state, or the region's name elsewhere
 * @param country ISO 3166 two-letter code
 */
record KnownCompany(
    String name,
    @Nullable String domain,
    @Nullable String industry,
    @Nullable Integer employees,
    @Nullable String address,
    @Nullable String city,
    @Nullable String state,
    @Nullable String zip,
    @Nullable String country,
    @Nullable String phone,
    @Nullable LocalDate fundedOn) {

  /** A company of which no more than name and domain are known. */
  static KnownCompany named(String name, String domain) {
    return new KnownCompany(name, domain, null, null, null, null, null, null, null, null, null);
  }

  /** The same company at a domain that is known better, if one is. */
  KnownCompany at(@Nullable String better) {
    return better == null
        ? this
        : new KnownCompany(
            name, better, industry, employees, address, city, state, zip, country, phone, fundedOn);
  }

  /** The signal's company with what is known of it; a place is taken whole, or not at all. */
  Company enrich(Company signalled) {
    var placed = city != null && state != null;
    return new Company(
        name,
        signalled.key(),
        domain,
        industry,
        employees,
        placed ? address : signalled.address(),
        placed ? city : signalled.city(),
        placed ? state : signalled.state(),
        placed ? zip : signalled.zip(),
        country,
        phone,
        signalled.hiring(),
        fundedOn);
  }
}
