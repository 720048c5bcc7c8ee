package io.leadloom.api;

import io.leadloom.model.Company;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A company as the API shows it. */
record CompanyView(
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
    @Nullable Boolean hiring,
    @Nullable LocalDate fundedOn) {

  static CompanyView of(Company company) {
    return new CompanyView(
        company.name(),
        company.domain(),
        company.industry(),
        company.employees(),
        company.address(),
        company.city(),
        company.state(),
        company.zip(),
        company.country(),
        company.phone(),
        company.hiring(),
        company.fundedOn());
  }
}
