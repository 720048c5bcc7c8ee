package io.leadloom.enrichment;

import io.leadloom.enrichment.Purchases.Question;
import io.leadloom.model.Contact;
import io.leadloom.model.Lead;
import io.leadloom.model.Suppression;
import io.leadloom.model.Tenant;
import io.leadloom.packs.Pack;
import io.leadloom.platform.Suppressions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The second source: Hunter knows addresses at a domain, and whether they work. An address whose
 * owner asked not to be processed is suppressed for everybody.
 */
@Singleton
final class AskHunter {

  /** With the search, the most credits that one lead costs at Hunter is one more. */
  private static final int MOST_CHECKS = 2;

  private final Hunter hunter;
  private final Purchases purchases;
  private final Suppressions suppressions;
  private final Clock clock;

  AskHunter(Hunter hunter, Purchases purchases, Suppressions suppressions, Clock clock) {
    this.hunter = hunter;
    this.purchases = purchases;
    this.suppressions = suppressions;
    this.clock = clock;
  }

  /**
   * Asks for the company's decision maker.
   *
   * @param known what Apollo knows of the company
   */
  Lookup run(Tenant tenant, Pack pack, Lead lead, @Nullable KnownCompany known) {
    var search = search(tenant, lead, known == null ? null : known.domain());
    if (search.isEmpty()) {
      return new Lookup.OutOfCredit();
    }
    var company = company(pack, lead, known, search.get());
    if (company == null) {
      return new Lookup.Missing(EnrichLead.NO_COMPANY, null);
    }
    if (company.domain() != null && Candidates.isBlocked(company.domain())) {
      return new Lookup.Missing(EnrichLead.BLOCKED_DOMAIN, company);
    }
    return person(tenant, pack, lead, company, search.get());
  }

  private Optional<Hunter.Search> search(Tenant tenant, Lead lead, @Nullable String domain) {
    var company = lead.company();
    var about = domain == null ? company.key() : company.key() + " at " + domain;
    return purchases.ask(
        tenant.id(),
        lead.id(),
        new Question(Hunter.NAME, "hunter-search", about, "hunter.search"),
        Hunter.Search.class,
        () -> hunter.search(tenant.id(), domain, company.name()),
        answer -> !answer.people().isEmpty());
  }

  /** The company that Apollo knows, or else the one Hunter found by its name. */
  private static @Nullable KnownCompany company(
      Pack pack, Lead lead, @Nullable KnownCompany known, Hunter.Search search) {
    if (known != null && known.domain() != null) {
      return known;
    }
    var name = search.organization();
    var domain = search.domain();
    return name == null
            || domain == null
            || Confidence.company(pack.company(), lead.company(), name, null) == 0
        ? null
        : KnownCompany.named(name, domain);
  }

  private Lookup person(
      Tenant tenant, Pack pack, Lead lead, KnownCompany company, Hunter.Search search) {
    var fit = Confidence.company(pack.company(), lead.company(), company.name(), company.state());
    var reason = EnrichLead.NO_PERSON;
    var candidates =
        new Candidates(pack.scoring().authority().titles())
            .best(search.people()).stream().limit(MOST_CHECKS).toList();
    for (var candidate : candidates) {
      var check =
          purchases.ask(
              tenant.id(),
              lead.id(),
              new Question(Hunter.NAME, "hunter-check", candidate.email(), "hunter.verification"),
              Hunter.Check.class,
              () -> hunter.verify(tenant.id(), candidate.email()),
              answer -> !answer.isClaimed());
      if (check.isEmpty()) {
        return new Lookup.OutOfCredit();
      }
      if (check.get().isClaimed()) {
        suppress(candidate.email());
        continue;
      }
      var status = check.get().status();
      var confidence = Confidence.of(fit, Confidence.hunterAddress(status, candidate.confidence()));
      if (confidence >= Confidence.ENOUGH) {
        return new Lookup.Found(company, contact(candidate, status, confidence), null);
      }
      reason = EnrichLead.LOW_CONFIDENCE;
    }
    return new Lookup.Missing(reason, company);
  }

  private void suppress(String address) {
    suppressions.addForAll(
        new Suppression(
            Suppression.hashOf(address), "opt-out.data-provider", Hunter.NAME, clock.instant()));
  }

  private static Contact contact(Hunter.Known person, String status, double confidence) {
    return new Contact(
        person.firstName(),
        person.lastName(),
        person.title(),
        person.email(),
        status.equals("valid"),
        null,
        person.phone(),
        false,
        person.linkedinUrl(),
        null,
        confidence,
        Hunter.NAME);
  }
}
