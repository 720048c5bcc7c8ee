package io.leadloom.enrichment;

import io.leadloom.enrichment.Purchases.Question;
import io.leadloom.model.Company;
import io.leadloom.model.Contact;
import io.leadloom.model.Lead;
import io.leadloom.model.Tenant;
import io.leadloom.packs.Pack;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first source: Apollo knows companies by name, and who is in charge there. */
@Singleton
final class AskApollo {

  /** With the company's, the most credits that one lead costs at Apollo is one more. */
  private static final int MOST_PEOPLE = 3;

  private static final String UNIT = "apollo.credit";

  private final Apollo apollo;
  private final Purchases purchases;

  AskApollo(Apollo apollo, Purchases purchases) {
    this.apollo = apollo;
    this.purchases = purchases;
  }

  Lookup run(Tenant tenant, Pack pack, Lead lead) {
    var companies =
        purchases.ask(
            tenant.id(),
            lead.id(),
            new Question(Apollo.NAME, "apollo-company", lead.company().key(), UNIT),
            Apollo.Companies.class,
            () -> Optional.of(apollo.companies(tenant.id(), lead.company().name())),
            answer -> !answer.found().isEmpty());
    if (companies.isEmpty()) {
      return new Lookup.OutOfCredit();
    }
    var company = best(pack, lead.company(), companies.get());
    if (company.isEmpty()) {
      return new Lookup.Missing(EnrichLead.NO_COMPANY, null);
    }
    var domain = company.get().domain();
    if (domain == null) {
      return new Lookup.Missing(EnrichLead.NO_PERSON, company.get());
    }
    if (Candidates.isBlocked(domain)) {
      return new Lookup.Missing(EnrichLead.BLOCKED_DOMAIN, company.get());
    }
    return person(tenant, pack, lead, company.get(), domain);
  }

  /** Of the companies found the one that fits best; the first as Apollo sees it among equals. */
  private static Optional<KnownCompany> best(Pack pack, Company meant, Apollo.Companies companies) {
    return companies.found().stream()
        .filter(company -> fit(pack, meant, company) > 0)
        .max(Comparator.comparing(company -> fit(pack, meant, company)))
        .map(company -> company.at(meant.domain()));
  }

  private static double fit(Pack pack, Company meant, KnownCompany company) {
    return Confidence.company(pack.company(), meant, company.name(), company.state());
  }

  private Lookup person(Tenant tenant, Pack pack, Lead lead, KnownCompany company, String domain) {
    var fit = fit(pack, lead.company(), company);
    var reason = EnrichLead.NO_PERSON;
    var candidates =
        new Candidates(pack.scoring().authority().titles())
            .ranked(apollo.people(tenant.id(), domain));
    for (var candidate : candidates.stream().limit(MOST_PEOPLE).toList()) {
      var match =
          purchases.ask(
              tenant.id(),
              lead.id(),
              new Question(Apollo.NAME, "apollo-person", candidate.id(), UNIT),
              Apollo.Match.class,
              () -> Optional.of(apollo.person(tenant.id(), candidate.id())),
              answer -> answer.person() != null);
      if (match.isEmpty()) {
        return new Lookup.OutOfCredit();
      }
      var person = match.get().person();
      var contact = contact(person, fit);
      if (contact != null && contact.confidence() >= Confidence.ENOUGH) {
        return new Lookup.Found(company, contact, Objects.requireNonNull(person).state());
      }
      if (contact != null) {
        reason = EnrichLead.LOW_CONFIDENCE;
      }
    }
    return new Lookup.Missing(reason, company);
  }

  /** The person as a contact; nobody where there is no address one may write to. */
  private static @Nullable Contact contact(Apollo.@Nullable Person person, double fit) {
    if (person == null || person.email() == null) {
      return null;
    }
    var email = person.email();
    if (Candidates.isBlocked(email)) {
      return null;
    }
    var works = Confidence.apolloAddress(person.emailStatus());
    return new Contact(
        person.firstName(),
        person.lastName(),
        person.title(),
        email,
        works == 1,
        null,
        null,
        false,
        person.linkedinUrl(),
        person.roleSince(),
        Confidence.of(fit, works),
        Apollo.NAME);
  }
}
