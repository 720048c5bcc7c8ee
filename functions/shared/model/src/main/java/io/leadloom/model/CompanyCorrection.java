package io.leadloom.model;

import org.jspecify.annotations.Nullable;

/** What a person corrected of a company; what is absent is as it was found. */
public record CompanyCorrection(
    @Nullable String name,
    @Nullable String domain,
    @Nullable String industry,
    @Nullable Integer employees,
    @Nullable String phone) {

  /** That nothing was corrected. */
  public static final CompanyCorrection NONE = new CompanyCorrection(null, null, null, null, null);

  /** The company that was found, with what is corrected. */
  public Company on(Company found) {
    return new Company(
        name == null ? found.name() : name,
        found.key(),
        domain == null ? found.domain() : domain,
        industry == null ? found.industry() : industry,
        employees == null ? found.employees() : employees,
        found.address(),
        found.city(),
        found.state(),
        found.zip(),
        found.country(),
        phone == null ? found.phone() : phone,
        found.hiring(),
        found.fundedOn());
  }
}
