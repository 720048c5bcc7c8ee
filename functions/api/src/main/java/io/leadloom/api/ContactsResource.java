package io.leadloom.api;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The people whom leads name. They come and go with the leads. */
@Singleton
final class ContactsResource implements Resource {

  private final Companies companies;

  ContactsResource(Companies companies) {
    this.companies = companies;
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
            .by(this::get));
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

  private Answer<ContactDetail> answer(Call<?, ?> call, ContactProfile contact) {
    var company = companies.get(call.tenant(), contact.company());
    var leads =
        companies.leads(call.tenant(), company.id()).stream()
            .filter(lead -> contact.id().equals(lead.contactId()))
            .toList();
    return Answer.ok(ContactDetail.of(contact, company, leads), contact.rev());
  }

  /** Contacts of a list. */
  record ContactPage(
      @About("May be fewer than asked for, even none, where a filter leaves many out; 'next' tells")
          List<ContactDetail> contacts,
      @About("Cursor of what follows; absent at the end") @Nullable String next) {}
}
