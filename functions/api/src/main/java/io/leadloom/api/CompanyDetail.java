package io.leadloom.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.CompanyProfile;
import io.leadloom.model.ContactProfile;
import io.leadloom.model.Lead;
import io.leadloom.platform.Json;
import io.leadloom.rest.About;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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
    @About("What a person corrected; the rest is as it was found") List<String> corrected,
    Instant createdAt,
    Instant updatedAt,
    @About("Oldest first, those that were put away among them; absent in lists")
        @Nullable List<LeadBrief> leads,
    @About("Absent in lists") @Nullable List<ContactDetail> contacts) {

  static CompanyDetail of(CompanyProfile profile) {
    return view(profile, null, null);
  }

  static CompanyDetail of(CompanyProfile profile, List<Lead> leads, List<ContactProfile> contacts) {
    return view(
        profile,
        LeadBrief.of(leads),
        contacts.stream()
            .sorted(
                Comparator.comparing(ContactProfile::createdAt).thenComparing(c -> c.id().value()))
            .map(ContactDetail::of)
            .toList());
  }

  /** The names of the members that a record has, in alphabetical order. */
  static List<String> members(Record correction) {
    var names = new ArrayList<String>();
    Json.mapper().<JsonNode>valueToTree(correction).fieldNames().forEachRemaining(names::add);
    return names.stream().sorted().toList();
  }

  private static CompanyDetail view(
      CompanyProfile profile,
      @Nullable List<LeadBrief> leads,
      @Nullable List<ContactDetail> contacts) {
    var company = profile.company();
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
        members(profile.corrections()),
        profile.createdAt(),
        profile.updatedAt(),
        leads,
        contacts);
  }
}
