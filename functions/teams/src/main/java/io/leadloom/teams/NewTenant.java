package io.leadloom.teams;

import io.leadloom.rest.About;
import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An organisation to found. */
record NewTenant(
    @Length(max = 200) String name,
    @About("Id of its trade; GET /v1/packs lists them") @Form(pattern = Form.ID) String pack,
    @About("Who its messages come from") NewSender sender) {

  /** Who messages come from. */
  record NewSender(
      @About("The person who writes") @Length(max = 100) String name,
      @About("Their address; its domain sends") @Length(max = 254) @Form(pattern = Form.EMAIL)
          String email,
      @About("Where the organisation is; the law wants it in each message") @Length(max = 300)
          String postalAddress,
      @About("What sends the mail; 'resend' if absent") @Nullable Provider provider) {}

  /** What sends mail. */
  enum Provider {
    RESEND,
    SES;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
