package io.leadloom.api;

import io.leadloom.model.ContactProfile;
import io.leadloom.rest.About;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import org.jspecify.annotations.Nullable;

/** Which contacts to list; all of what is given must hold. */
record ContactQuery(
    @About("A part of the name, title or address") @Nullable @Length(max = 100) String q,
    @Nullable @Length(max = 80) String companyId,
    @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
    @About("The most contacts of an answer, 50 if absent") @Nullable @Range(min = 1, max = 200)
        Integer limit) {

  /** What makes it another list than others: all but where and how far to read. */
  String name() {
    return "contacts" + new ContactQuery(q, companyId, null, null);
  }

  int most() {
    return limit == null ? 50 : limit;
  }

  boolean matches(ContactProfile profile) {
    var contact = profile.contact();
    return (companyId == null || companyId.equals(profile.company().value()))
        && (q == null
            || Mentions.of(
                q,
                contact.firstName() + " " + contact.lastName(),
                contact.title(),
                contact.email()));
  }
}
