package io.leadloom.enrichment;

import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Stage;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Companies;
import io.leadloom.platform.Credits;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Secrets;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds a lead's company and the person there to write to: Apollo is asked first, and Hunter where
 * Apollo names nobody surely enough. What a provider answered before is not asked again. A lead
 * that is enriched costs the tenant a credit; one for whom nobody is found costs none.
 */
@Singleton
final class EnrichLead {

  static final String NO_COMPANY = "enrichment.no-company";
  static final String NO_PERSON = "enrichment.no-person";
  static final String LOW_CONFIDENCE = "enrichment.low-confidence";
  static final String BLOCKED_DOMAIN = "enrichment.blocked-domain";
  static final String OUT_OF_CREDIT = "enrichment.out-of-credit";
  static final String PROVIDER_OUT_OF_CREDIT = "enrichment.provider-out-of-credit";
  static final String PAST_DUE = "subscription.past-due";
  static final String ENDED = "subscription.ended";

  /** After how long a lead that waits for credits looks again. */
  private static final Duration LOOK_AGAIN = Duration.ofDays(1);

  /** For how long it does: what raised it is no reason to write to anybody after that. */
  private static final Duration PATIENCE = Duration.ofDays(60);

  /** Of two reasons the one further down says more. */
  private static final List<String> TELLING =
      List.of(NO_COMPANY, NO_PERSON, LOW_CONFIDENCE, BLOCKED_DOMAIN);

  private final Tenants tenants;
  private final Leads leads;
  private final Companies companies;
  private final Credits credits;
  private final Secrets secrets;
  private final AskApollo askApollo;
  private final AskHunter askHunter;
  private final Clock clock;
  private final Packs packs = new Packs();

  EnrichLead(
      Tenants tenants,
      Leads leads,
      Companies companies,
      Credits credits,
      Secrets secrets,
      AskApollo askApollo,
      AskHunter askHunter,
      Clock clock) {
    this.tenants = tenants;
    this.leads = leads;
    this.companies = companies;
    this.credits = credits;
    this.secrets = secrets;
    this.askApollo = askApollo;
    this.askHunter = askHunter;
    this.clock = clock;
  }

  /**
   * Enriches the lead, unless it is enriched already.
   *
   * @throws PermanentException where the tenant has an account at neither provider
   */
  Outcome run(TenantId tenantId, LeadId id) {
    var lead = leads.get(tenantId, id);
    if (lead.contact() != null && lead.reached().containsKey(Milestone.ENRICHED)) {
      credits.charge(tenantId, id);
      return new Outcome.Enriched();
    }
    var tenant = tenants.get(tenantId);
    var subscription = tenant.subscription();
    switch (subscription.standing(clock.instant())) {
      case GOOD -> {}
      case HELD -> {
        return waiting(lead, PAST_DUE);
      }
      case ENDED -> {
        return new Outcome.Unreachable(ENDED);
      }
    }
    if (!credits.reserve(tenantId, id, subscription.plan().monthlyLeads())) {
      return waiting(lead, OUT_OF_CREDIT);
    }
    return settled(lead, enriched(tenant, companies.corrected(lead)));
  }

  /** Charges the credit that was reserved for it, or lets it go. */
  private Outcome settled(Lead lead, Outcome outcome) {
    switch (outcome) {
      case Outcome.Enriched enriched -> credits.charge(lead.tenant(), lead.id());
      case Outcome.Unreachable unreachable -> credits.release(lead.tenant(), lead.id());
      case Outcome.OutOfCredit spent -> credits.release(lead.tenant(), lead.id());
    }
    return outcome;
  }

  /** The lead shows why it waits, and looks again later, as long as that makes sense. */
  private Outcome waiting(Lead lead, String reason) {
    var now = clock.instant();
    if (now.isAfter(lead.createdAt().plus(PATIENCE))) {
      return new Outcome.Unreachable(reason);
    }
    leads.change(
        lead.tenant(),
        lead.id(),
        seen ->
            seen.stage() == Stage.NEW && !reason.equals(seen.reason())
                ? seen.at(Stage.NEW, reason, now)
                : seen);
    return new Outcome.OutOfCredit(reason, now.plus(LOOK_AGAIN));
  }

  private Outcome enriched(Tenant tenant, Lead lead) {
    var tenantId = tenant.id();
    var pack = packs.load(lead.pack());
    var hasApollo = secrets.credentials(tenantId, Apollo.NAME).isPresent();
    var hasHunter = secrets.credentials(tenantId, Hunter.NAME).isPresent();
    if (!hasApollo && !hasHunter) {
      throw new PermanentException(
          "credentials.missing",
          "Tenant '%s' has neither apollo nor hunter in the secret %s"
              .formatted(tenantId, Secrets.nameFor(tenantId)));
    }
    var first =
        hasApollo ? askApollo.run(tenant, pack, lead) : new Lookup.Missing(NO_COMPANY, null);
    return switch (first) {
      case Lookup.Found found -> keep(lead, pack, found);
      case Lookup.OutOfCredit spent -> waiting(lead, PROVIDER_OUT_OF_CREDIT);
      case Lookup.Missing missing ->
          !hasHunter || missing.reason().equals(BLOCKED_DOMAIN)
              ? new Outcome.Unreachable(missing.reason())
              : second(lead, pack, missing, askHunter.run(tenant, pack, lead, missing.company()));
    };
  }

  private Outcome second(Lead lead, Pack pack, Lookup.Missing first, Lookup second) {
    return switch (second) {
      case Lookup.Found found -> keep(lead, pack, found);
      case Lookup.OutOfCredit spent -> waiting(lead, PROVIDER_OUT_OF_CREDIT);
      case Lookup.Missing missing ->
          new Outcome.Unreachable(
              TELLING.get(
                  Math.max(TELLING.indexOf(first.reason()), TELLING.indexOf(missing.reason()))));
    };
  }

  private Outcome keep(Lead lead, Pack pack, Lookup.Found found) {
    var company = found.company().enrich(lead.company());
    var state =
        Stream.of(found.state(), company.state()).filter(Objects::nonNull).findFirst().orElse("");
    var zone = pack.sending().zone(state).getId();
    var now = clock.instant();
    leads.change(
        lead.tenant(),
        lead.id(),
        seen ->
            enriched(seen, now)
                .enriched(company, found.contact(), zone, now)
                .reaching(Milestone.ENRICHED, now));
    return new Outcome.Enriched();
  }

  /** A lead that somebody suppressed or closed meanwhile stays where they put it. */
  private static Lead enriched(Lead lead, Instant now) {
    return lead.stage() == Stage.NEW || lead.stage() == Stage.FAILED
        ? lead.at(Stage.ENRICHED, null, now)
        : lead;
  }

  /** What came of it. */
  sealed interface Outcome {

    /** The lead has company, contact and zone. */
    record Enriched() implements Outcome {}

    /** There is nobody to write to, for a reason code. */
    record Unreachable(String reason) implements Outcome {}

    /** The credits are spent, or a payment is missing; the lead is to look again then. */
    record OutOfCredit(String reason, Instant until) implements Outcome {}
  }
}
