package io.leadloom.api;

import io.leadloom.model.ContactCorrection;
import io.leadloom.rest.About;
import io.leadloom.rest.Clearable;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller can correct of a contact. */
@About("What is absent stays; null takes a correction back, so that it is as it was found.")
record ContactChange(
    @Clearable @Nullable @Length(max = 100) String firstName,
    @Clearable @Nullable @Length(max = 100) String lastName,
    @Clearable @Nullable @Length(max = 200) String title,
    @Clearable @Nullable @Length(max = 254) @Form(pattern = Form.EMAIL) String email,
    @Clearable @Nullable @Length(max = 40) String phone) {

  /** What is corrected with it, of the members that were sent, on top of what was before. */
  ContactCorrection on(ContactCorrection before, Set<String> sent) {
    return new ContactCorrection(
        sent.contains("firstName") ? firstName : before.firstName(),
        sent.contains("lastName") ? lastName : before.lastName(),
        sent.contains("title") ? title : before.title(),
        sent.contains("email") ? email : before.email(),
        sent.contains("phone") ? phone : before.phone());
  }
}
