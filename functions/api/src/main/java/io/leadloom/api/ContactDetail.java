package io.leadloom.api;

import io.leadloom.model.CompanyProfile;
import io.leadloom.model.ContactProfile;
import io.leadloom.model.Lead;
import io.leadloom.rest.About;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A contact by itself, as the API shows it. */
@About("What is known of a person at a company, over all leads that name them.")
record ContactDetail(
    String id,
    String companyId,
    String firstName,
    String lastName,
    @Nullable String title,
    String email,
    boolean emailVerified,
    @Nullable String phone,
    @Nullable String linkedinUrl,
    @Nullable LocalDate roleSince,
    @About("That this is the right person at the right address, 0 to 1") double confidence,
    @About("The provider that named the person") String source,
    @About("What a person corrected; the rest is as it was found") List<String> corrected,
    Instant createdAt,
    Instant updatedAt,
    @About("Absent in lists") @Nullable CompanyView company,
    @About("Oldest first, those that were put away among them; absent in lists")
        @Nullable List<LeadBrief> leads) {

  static ContactDetail of(ContactProfile profile) {
    return view(profile, null, null);
  }

  static ContactDetail of(ContactProfile profile, CompanyProfile company, List<Lead> leads) {
    return view(profile, CompanyView.of(company.company()), LeadBrief.of(leads));
  }

  private static ContactDetail view(
      ContactProfile profile, @Nullable CompanyView company, @Nullable List<LeadBrief> leads) {
    var contact = profile.contact();
    return new ContactDetail(
        profile.id().value(),
        profile.company().value(),
        contact.firstName(),
        contact.lastName(),
        contact.title(),
        contact.email(),
        contact.emailVerified(),
        contact.phone(),
        contact.linkedinUrl(),
        contact.roleSince(),
        contact.confidence(),
        contact.source(),
        CompanyDetail.members(profile.corrections()),
        profile.createdAt(),
        profile.updatedAt(),
        company,
        leads);
  }
}
