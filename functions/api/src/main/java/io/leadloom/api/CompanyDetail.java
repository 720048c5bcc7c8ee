package io.leadloom.api;

import io.leadloom.model.CompanyProfile;
import io.leadloom.model.ContactProfile;
import io.leadloom.model.Lead;
import io.leadloom.rest.About;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A company by itself, as the API shows it. */
@About("What is known of a company, over all leads for it.")
record CompanyDetail(
    String id,
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
    @Nullable LocalDate fundedOn,
    Instant createdAt,
    Instant updatedAt,
    @About("Oldest first, those that were put away among them; absent in lists")
        @Nullable List<LeadBrief> leads,
    @About("Absent in lists") @Nullable List<ContactDetail> contacts) {

  static CompanyDetail of(CompanyProfile profile) {
    return of(profile, null, null);
  }

  static CompanyDetail of(CompanyProfile profile, List<Lead> leads, List<ContactProfile> contacts) {
    return of(
        profile,
        LeadBrief.of(leads),
        contacts.stream()
            .sorted(
                Comparator.comparing(ContactProfile::createdAt).thenComparing(c -> c.id().value()))
            .map(ContactDetail::of)
            .toList());
  }

  private static CompanyDetail of(
      CompanyProfile profile,
      @Nullable List<LeadBrief> leads,
      @Nullable List<ContactDetail> contacts) {
    var company = profile.found();
    return new CompanyDetail(
        profile.id().value(),
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
        company.fundedOn(),
        profile.createdAt(),
        profile.updatedAt(),
        leads,
        contacts);
  }
}
