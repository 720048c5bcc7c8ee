package io.leadloom.platform;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.CompanyId;
import io.leadloom.model.CompanyProfile;
import io.leadloom.model.ContactId;
import io.leadloom.model.ContactProfile;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The companies and contacts that leads are for, each once however many leads it has. They are
 * written with the leads, in the same transactions: a company when its first lead is raised, both
 * when a lead is enriched. They go with the last lead.
 */
@Singleton
public final class Companies {

  private static final int ATTEMPTS = 5;

  /** The most leads that are written together with a correction and what tells of it. */
  private static final int MOST_AT_ONCE = 98;

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

  /** The leads that name a contact, as {@link #leads}. */
  public List<Lead> leadsNaming(TenantId tenant, ContactProfile contact) {
    return leads(tenant, contact.company()).stream()
        .filter(lead -> contact.id().equals(lead.contactId()))
        .toList();
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

  /** A lead with what a person corrected of its company; enrichment goes by it. */
  public Lead corrected(Lead lead) {
    return find(lead.tenant(), companyOf(lead))
        .map(known -> lead.corrected(known.corrections()))
        .orElse(lead);
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
    var profile = find(tenant, company).orElse(null);
    if (profile == null) {
      profile = CompanyProfile.first(company, lead);
      writes.add(new Write.IfAbsent(item(tenant, profile)));
    } else if (person != null) {
      profile = profile.foundAs(lead.company(), now);
      writes.add(new Write.Replacing(item(tenant, profile), profile.rev()));
    }
    if (person == null) {
      return new Filing(lead.filedUnder(profile, null), writes);
    }
    var id = ContactProfile.idOf(company, person.email());
    var contact = findContact(tenant, id).orElse(null);
    if (contact == null) {
      contact = ContactProfile.first(id, company, person, now);
      writes.add(new Write.IfAbsent(item(tenant, contact)));
    } else {
      contact = contact.foundAs(person, now);
      writes.add(new Write.Replacing(item(tenant, contact), contact.rev()));
    }
    return new Filing(lead.filedUnder(profile, contact), writes);
  }

  /**
   * Keeps what a person corrected of a company, at the revision that was read, and has the leads
   * for it follow that are still under way; all with the entry that tells of it, or nothing.
   *
   * @return the company as it is now
   * @throws ConflictException where somebody else changed it since
   */
  public CompanyProfile correct(TenantId tenant, CompanyProfile corrected, AuditEntry entry) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var leads = leads(tenant, corrected.id());
      if (follow(
          new Write.Replacing(item(tenant, corrected), corrected.rev()),
          new Write.First(Audit.item(tenant, entry)),
          leads,
          lead -> lead.following(corrected.company(), entry.at()))) {
        return get(tenant, corrected.id());
      }
      requireUnchanged(get(tenant, corrected.id()).rev() == corrected.rev(), "company");
    }
    throw busy(corrected.id());
  }

  /** Keeps what a person corrected of a contact, as {@link #correct}. */
  public ContactProfile correctContact(
      TenantId tenant, ContactProfile corrected, AuditEntry entry) {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var leads = leadsNaming(tenant, corrected);
      if (follow(
          new Write.Replacing(item(tenant, corrected), corrected.rev()),
          new Write.First(Audit.item(tenant, entry)),
          leads,
          lead -> lead.following(corrected.contact(), entry.at()))) {
        return getContact(tenant, corrected.id());
      }
      requireUnchanged(getContact(tenant, corrected.id()).rev() == corrected.rev(), "contact");
    }
    throw busy(corrected.company());
  }

  /**
   * Has leads follow a correction. Where they are more than a transaction takes, the correction
   * comes with the last of them: one that broke off is completed by its repetition.
   */
  private boolean follow(
      Write correction, Write entry, List<Lead> leads, UnaryOperator<Lead> change) {
    var writes = new ArrayList<Write>();
    for (var lead : leads) {
      var changed = lead.settled() ? lead : change.apply(lead);
      if (!changed.equals(lead)) {
        writes.add(new Write.Replacing(Leads.item(changed), lead.rev()));
      }
    }
    while (writes.size() > MOST_AT_ONCE) {
      var some = writes.subList(0, MOST_AT_ONCE);
      if (!table.together(some.toArray(Write[]::new))) {
        return false;
      }
      some.clear();
    }
    writes.add(correction);
    writes.add(entry);
    return table.together(writes.toArray(Write[]::new));
  }

  private static void requireUnchanged(boolean unchanged, String kind) {
    if (!unchanged) {
      throw new ConflictException("table.changed", "The " + kind + " was changed by somebody else");
    }
  }

  private static TransientException busy(CompanyId company) {
    return new TransientException(
        "company.busy", "The leads of '" + company + "' are changed by others all the time");
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
    var contactId = lead.contactId();
    // Read before the leads: whoever names them meanwhile changes their revisions.
    var company = find(tenant, id);
    var contact = contactId == null ? null : findContact(tenant, contactId).orElse(null);
    var others = leads(tenant, id).stream().filter(o -> !o.id().equals(lead.id())).toList();
    var writes = new ArrayList<Write>();
    writes.add(new Write.Delete(Keys.leadOfCompany(tenant, id, lead.id())));
    if (others.isEmpty()) {
      company
          .map(known -> new Write.Removing(Keys.company(tenant, id), known.rev()))
          .ifPresent(writes::add);
    }
    if (contact != null && others.stream().noneMatch(o -> contact.id().equals(o.contactId()))) {
      writes.add(new Write.Removing(Keys.contact(tenant, contact.id()), contact.rev()));
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
