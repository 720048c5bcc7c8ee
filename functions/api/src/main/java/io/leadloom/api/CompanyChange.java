package io.leadloom.api;

import io.leadloom.model.CompanyCorrection;
import io.leadloom.rest.About;
import io.leadloom.rest.Clearable;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller can correct of a company. */
@About("What is absent stays; null takes a correction back, so that it is as it was found.")
record CompanyChange(
    @Clearable @Nullable @Length(max = 200) String name,
    @About("Web domain without www") @Clearable @Nullable @Length(max = 253) @Form(pattern = DOMAIN)
        String domain,
    @Clearable @Nullable @Length(max = 100) String industry,
    @About("Estimated head count") @Clearable @Nullable @Range(min = 1, max = 10_000_000)
        Integer employees,
    @Clearable @Nullable @Length(max = 40) String phone) {

  private static final String DOMAIN =
      "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

  /** What is corrected with it, of the members that were sent, on top of what was before. */
  CompanyCorrection on(CompanyCorrection before, Set<String> sent) {
    return new CompanyCorrection(
        sent.contains("name") ? name : before.name(),
        sent.contains("domain") ? domain : before.domain(),
        sent.contains("industry") ? industry : before.industry(),
        sent.contains("employees") ? employees : before.employees(),
        sent.contains("phone") ? phone : before.phone());
  }
}
