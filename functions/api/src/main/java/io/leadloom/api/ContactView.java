package io.leadloom.api;

import io.leadloom.model.Contact;
import io.leadloom.rest.About;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A contact as the API shows it. */
record ContactView(
    String firstName,
    String lastName,
    @Nullable String title,
    String email,
    boolean emailVerified,
    @Nullable String phone,
    @Nullable String linkedinUrl,
    @Nullable LocalDate roleSince,
    @About("That this is the right person at the right address, 0 to 1") double confidence,
    @About("The provider that named the person") String source) {

  static ContactView of(Contact contact) {
    return new ContactView(
        contact.firstName(),
        contact.lastName(),
        contact.title(),
        contact.email(),
        contact.emailVerified(),
        contact.phone(),
        contact.linkedinUrl(),
        contact.roleSince(),
        contact.confidence(),
        contact.source());
  }
}
