package io.leadloom.enrichment;

import io.leadloom.model.Cost;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.packs.Costs;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Cache;
import io.leadloom.platform.Leads;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Questions to providers that may cost money. An answer is kept for 90 days under exactly what was
 * asked, so that nobody pays for it again; a crash between an answer and its keeping may pay twice,
 * and is charged to the lead once.
 */
@Singleton
final class Purchases {

  private static final Duration KEPT = Duration.ofDays(90);

  private final Cache cache;
  private final Leads leads;
  private final Clock clock;
  private final Costs costs = new Packs().costs();

  Purchases(Cache cache, Leads leads, Clock clock) {
    this.cache = cache;
    this.leads = leads;
    this.clock = clock;
  }

  /**
   * The answer to a question, kept or fresh.
   *
   * @param call asks; nothing where the provider's own plan is used up
   * @param charged whether the provider charges for this answer
   * @return nothing where the credits of the tenant's account at the provider are spent
   */
  <T> Optional<T> ask(
      TenantId tenant,
      LeadId lead,
      Question question,
      Class<T> type,
      Supplier<Optional<T>> call,
      Predicate<T> charged) {
    var known = cache.get(tenant, question.kind(), question.about(), type);
    if (known.isPresent()) {
      return known;
    }
    var answer = call.get();
    if (answer.filter(charged).isPresent()) {
      leads.add(tenant, lead, cost(lead, question));
    }
    answer.ifPresent(kept -> cache.put(tenant, question.kind(), question.about(), kept, KEPT));
    return answer;
  }

  private Cost cost(LeadId lead, Question question) {
    return new Cost(
        Ids.derive("cost", lead.value(), question.kind(), question.about()),
        question.kind(),
        question.provider(),
        costs.microUsd(question.unit(), 1),
        clock.instant());
  }

  /**
   * What is asked.
   *
   * @param kind such as {@code apollo-company}
   * @param about the one thing it is about: a company's key for a company, a person's id or address
   *     for a person, never the one for the other
   * @param unit id of its price in the packs' costs
   */
  record Question(String provider, String kind, String about, String unit) {}
}
