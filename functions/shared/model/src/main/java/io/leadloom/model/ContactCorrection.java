package io.leadloom.model;

import org.jspecify.annotations.Nullable;

/** What a person corrected of a contact; what is absent is as it was found. */
public record ContactCorrection(
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String title,
    @Nullable String email,
    @Nullable String phone) {

  /** That nothing was corrected. */
  public static final ContactCorrection NONE = new ContactCorrection(null, null, null, null, null);

  /**
   * The contact that was found, with what is corrected. That an address or a number was verified
   * says nothing of another one.
   */
  public Contact on(Contact found) {
    return new Contact(
        firstName == null ? found.firstName() : firstName,
        lastName == null ? found.lastName() : lastName,
        title == null ? found.title() : title,
        email == null ? found.email() : email,
        found.emailVerified() && (email == null || email.equalsIgnoreCase(found.email())),
        found.personalEmail(),
        phone == null ? found.phone() : phone,
        found.phoneVerified() && (phone == null || phone.equals(found.phone())),
        found.linkedinUrl(),
        found.roleSince(),
        found.confidence(),
        found.source());
  }
}
