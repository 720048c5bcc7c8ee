package io.leadloom.platform;

import io.leadloom.model.CompanyId;
import io.leadloom.model.CompanyProfile;
import io.leadloom.model.ContactId;
import io.leadloom.model.ContactProfile;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The companies and contacts that leads are for, each once however many leads it has. They are
 * written with the leads, in the same transactions: a company when its first lead is raised, both
 * when a lead is enriched. They go with the last lead.
 */
@Singleton
public final class Companies {

  private final Table table;

  Companies(Table table) {
    this.table = table;
  }

  /** The company of that id. */
  public Optional<CompanyProfile> find(TenantId tenant, CompanyId id) {
    return table.get(Keys.company(tenant, id), CompanyProfile.class);
  }

  /** The company of that id; {@link NotFoundException} where the tenant has none. */
  public CompanyProfile get(TenantId tenant, CompanyId id) {
    return find(tenant, id)
        .orElseThrow(
            () -> new NotFoundException("company.not-found", "There is no company '" + id + "'"));
  }

  /** The contact of that id. */
  public Optional<ContactProfile> findContact(TenantId tenant, ContactId id) {
    return table.get(Keys.contact(tenant, id), ContactProfile.class);
  }

  /** The contact of that id; {@link NotFoundException} where the tenant has none. */
  public ContactProfile getContact(TenantId tenant, ContactId id) {
    return findContact(tenant, id)
        .orElseThrow(
            () -> new NotFoundException("contact.not-found", "There is no contact '" + id + "'"));
  }

  /** The leads for a company, those that were put away among them, in no particular order. */
  public List<Lead> leads(TenantId tenant, CompanyId id) {
    var keys = leadsOf(tenant, id).stream().map(lead -> Keys.lead(tenant, lead)).toList();
    return table.getAll(keys, Lead.class);
  }

  /** The contacts that these leads name, in no particular order. */
  public List<ContactProfile> contacts(TenantId tenant, List<Lead> leads) {
    var keys =
        leads.stream()
            .flatMap(lead -> Stream.ofNullable(lead.contactId()))
            .distinct()
            .map(contact -> Keys.contact(tenant, contact))
            .toList();
    return table.getAll(keys, ContactProfile.class);
  }

  /**
   * Companies that come after one of them, latest first.
   *
   * @param after place of the last one seen, as {@link #place} tells; null to start
   */
  public List<CompanyProfile> list(TenantId tenant, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.companies(tenant), true, after, limit, CompanyProfile.class);
  }

  /** Where a company stands in the list. */
  public static String place(TenantId tenant, CompanyProfile company) {
    return Keys.listedCompany(tenant, company).sk();
  }

  /** Contacts, as {@link #list}. */
  public List<ContactProfile> listContacts(TenantId tenant, @Nullable String after, int limit) {
    return table.queryByStatus(Keys.contacts(tenant), true, after, limit, ContactProfile.class);
  }

  /** Where a contact stands in the list. */
  public static String place(TenantId tenant, ContactProfile contact) {
    return Keys.listedContact(tenant, contact).sk();
  }

  /** Files a lead that is being raised; a company that is there stays as it is. */
  static List<Write> raising(Lead lead) {
    var id = companyOf(lead);
    return List.of(
        new Write.First(item(lead.tenant(), CompanyProfile.first(id, lead))), pointer(id, lead));
  }

  /** A lead with its ids, and what to write along with it. */
  record Filing(Lead lead, List<Write> writes) {}

  /**
   * Files a lead whose company or contact is not filed as they are. A company that is known stays
   * as it is where the lead is not enriched: it tells no more than its signal did.
   */
  Filing file(Lead lead) {
    var tenant = lead.tenant();
    var person = lead.contact();
    var now = lead.updatedAt();
    var company = companyOf(lead);
    var writes = new ArrayList<Write>();
    if (lead.companyId() == null) {
      writes.add(pointer(company, lead));
    }
    var known = find(tenant, company);
    if (known.isEmpty()) {
      writes.add(new Write.IfAbsent(item(tenant, CompanyProfile.first(company, lead))));
    } else if (person != null) {
      var seen = known.get();
      writes.add(
          new Write.Replacing(item(tenant, seen.foundAs(lead.company(), now)), seen.rev()));
    }
    if (person == null) {
      return new Filing(lead.filedUnder(company, null), writes);
    }
    var contact = ContactProfile.idOf(company, person.email());
    writes.add(
        findContact(tenant, contact)
            .<Write>map(seen ->
                new Write.Replacing(item(tenant, seen.foundAs(person, now)), seen.rev()))
            .orElseGet(() ->
                new Write.IfAbsent(
                    item(tenant, ContactProfile.first(contact, company, person, now)))));
    return new Filing(lead.filedUnder(company, contact), writes);
  }

  /**
   * What goes along with a lead that is removed: its company with the last lead for it, its contact
   * with the last lead that names it.
   */
  List<Write> leaving(Lead lead) {
    var id = lead.companyId();
    if (id == null) {
      return List.of();
    }
    var tenant = lead.tenant();
    var others = leads(tenant, id).stream().filter(o -> !o.id().equals(lead.id())).toList();
    var writes = new ArrayList<Write>();
    writes.add(new Write.Delete(Keys.leadOfCompany(tenant, id, lead.id())));
    if (others.isEmpty()) {
      find(tenant, id)
          .map(company -> new Write.Removing(Keys.company(tenant, id), company.rev()))
          .ifPresent(writes::add);
    }
    var contact = lead.contactId();
    if (contact != null && others.stream().noneMatch(o -> contact.equals(o.contactId()))) {
      findContact(tenant, contact)
          .map(person -> new Write.Removing(Keys.contact(tenant, contact), person.rev()))
          .ifPresent(writes::add);
    }
    return writes;
  }

  private List<LeadId> leadsOf(TenantId tenant, CompanyId id) {
    return table.query(Keys.company(tenant, id).pk(), Keys.LEADS, Pointer.class).stream()
        .map(Pointer::lead)
        .toList();
  }

  private static CompanyId companyOf(Lead lead) {
    return Objects.requireNonNullElseGet(
        lead.companyId(), () -> CompanyProfile.idOf(lead.company().key()));
  }

  private static Write pointer(CompanyId company, Lead lead) {
    return new Write.Always(
        Item.of(
            Keys.leadOfCompany(lead.tenant(), company, lead.id()),
            "companyLead",
            new Pointer(lead.id())));
  }

  private static Item item(TenantId tenant, CompanyProfile company) {
    return Item.of(Keys.company(tenant, company.id()), "company", company)
        .indexed(Keys.listedCompany(tenant, company));
  }

  private static Item item(TenantId tenant, ContactProfile contact) {
    return Item.of(Keys.contact(tenant, contact.id()), "contact", contact)
        .indexed(Keys.listedContact(tenant, contact));
  }

  /** That a lead is for the company. */
  private record Pointer(LeadId lead) {}
}
