package io.leadloom.api;

import io.leadloom.model.CompanyProfile;
import io.leadloom.rest.About;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import org.jspecify.annotations.Nullable;

/** Which companies to list; all of what is given must hold. */
record CompanyQuery(
    @About("A part of the name or domain") @Nullable @Length(max = 100) String q,
    @About("Two-letter code of a US state, or the region's name elsewhere")
        @Nullable
        @Length(max = 100)
        String state,
    @Nullable @Length(max = 100) String industry,
    @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
    @About("The most companies of an answer, 50 if absent") @Nullable @Range(min = 1, max = 200)
        Integer limit) {

  /** What makes it another list than others: all but where and how far to read. */
  String name() {
    return "companies" + new CompanyQuery(q, state, industry, null, null);
  }

  int most() {
    return limit == null ? 50 : limit;
  }

  boolean matches(CompanyProfile profile) {
    var company = profile.company();
    return (state == null || state.equalsIgnoreCase(company.state()))
        && (industry == null || industry.equalsIgnoreCase(company.industry()))
        && (q == null || Mentions.of(q, company.name(), company.domain()));
  }
}
