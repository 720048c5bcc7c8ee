package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.ContactId;
import io.leadloom.model.ContactProfile;
import io.leadloom.model.Permission;
import io.leadloom.platform.Companies;
import io.leadloom.rest.About;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The people whom leads name. They come and go with the leads. */
@Singleton
final class ContactsResource implements Resource {

  private final Companies companies;
  private final Clock clock;

  ContactsResource(Companies companies, Clock clock) {
    this.companies = companies;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/contacts", "listContacts")
            .does("Lists the people whom leads name, latest first", Permission.READ_LEADS)
            .query(ContactQuery.class)
            .answers(ContactPage.class, 200)
            .by(this::list),
        Operation.get("/contacts/{contactId}", "getContact")
            .does("Shows a person with their company and leads", Permission.READ_LEADS)
            .answers(ContactDetail.class, 200)
            .by(this::get),
        Operation.patch("/contacts/{contactId}", "correctContact")
            .does(
                "Corrects a person, whatever is found later; the leads that name them and are under"
                    + " way follow. A message that is planned to another address than the last is"
                    + " not sent, and its lead ends",
                Permission.WRITE_LEADS)
            .body(ContactChange.class)
            .answers(ContactDetail.class, 200)
            .refuses(422)
            .by(this::correct));
  }

  private Answer<ContactPage> list(Call<ContactQuery, None> call) {
    var query = call.query();
    var page =
        Filtered.of(
            (after, limit) -> companies.listContacts(call.tenant(), after, limit),
            contact -> Companies.place(call.tenant(), contact),
            query::matches,
            Cursor.position(query.name(), query.cursor()),
            query.most());
    return Answer.ok(
        new ContactPage(
            page.found().stream().map(ContactDetail::of).toList(),
            Cursor.of(query.name(), page.next())));
  }

  private Answer<ContactDetail> get(Call<None, None> call) {
    return answer(call, companies.getContact(call.tenant(), ContactId.of(call.id("contactId"))));
  }

  private Answer<ContactDetail> correct(Call<None, ContactChange> call) {
    var contact = companies.getContact(call.tenant(), ContactId.of(call.id("contactId")));
    call.seen().require(contact.rev());
    var now = clock.instant();
    var correction = call.body().on(contact.corrections(), call.sent());
    if (correction.equals(contact.corrections())) {
      return answer(call, contact);
    }
    var corrected = contact.corrected(correction, now);
    var namesake = ContactProfile.idOf(contact.company(), corrected.contact().email());
    if (!namesake.equals(contact.id())
        && companies.findContact(call.tenant(), namesake).isPresent()) {
      return Answer.refused(
          422,
          "contact.exists",
          "This is the address of the contact '%s' of the same company".formatted(namesake));
    }
    return answer(
        call,
        companies.correctContact(
            call.tenant(),
            corrected,
            new AuditEntry(
                now,
                call.caller().actor(),
                "contact.corrected",
                contact.id().value(),
                call.sentMembers())));
  }

  private Answer<ContactDetail> answer(Call<?, ?> call, ContactProfile contact) {
    var company = companies.get(call.tenant(), contact.company());
    var leads = companies.leadsNaming(call.tenant(), contact);
    return Answer.ok(ContactDetail.of(contact, company, leads), contact.rev());
  }

  /** Contacts of a list. */
  record ContactPage(
      @About("May be fewer than asked for, even none, where a filter leaves many out; 'next' tells")
          List<ContactDetail> contacts,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}
}
