package io.leadloom.enrichment;

import io.leadloom.model.Cost;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.Tenant;
import io.leadloom.packs.Costs;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Cache;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Limits;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Questions to providers that may cost money. An answer is kept for 90 days under exactly what was
 * asked, so that nobody pays for it again; a crash between an answer and its keeping may pay twice,
 * and is charged to the lead once.
 *
 * <p>A question takes one of the tenant's credits of the month before it is asked, also where the
 * provider then finds nothing and charges nothing: the credits are a ceiling for what can be spent.
 */
@Singleton
final class Purchases {

  private static final Duration KEPT = Duration.ofDays(90);

  /** The most questions that one lead can cost. */
  private static final int MOST_QUESTIONS = 10;

  private static final Duration MONTH = Duration.ofDays(40);
  private static final DateTimeFormatter WINDOW =
      DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);

  private final Cache cache;
  private final Limits limits;
  private final Leads leads;
  private final Clock clock;
  private final Costs costs = new Packs().costs();

  Purchases(Cache cache, Limits limits, Leads leads, Clock clock) {
    this.cache = cache;
    this.limits = limits;
    this.leads = leads;
    this.clock = clock;
  }

  /**
   * The answer to a question, kept or fresh.
   *
   * @param call asks; nothing where the provider's own plan is used up
   * @param charged whether the provider charges for this answer
   * @return nothing where the credits of the month, ours or the provider's, are spent
   */
  <T> Optional<T> ask(
      Tenant tenant,
      LeadId lead,
      Question question,
      Class<T> type,
      Supplier<Optional<T>> call,
      Predicate<T> charged) {
    var known = cache.get(tenant.id(), question.kind(), question.about(), type);
    if (known.isPresent()) {
      return known;
    }
    if (!takeCredit(tenant)) {
      return Optional.empty();
    }
    var answer = call.get();
    if (answer.filter(charged).isPresent()) {
      leads.add(tenant.id(), lead, cost(lead, question));
    }
    answer.ifPresent(kept -> cache.put(tenant.id(), question.kind(), question.about(), kept, KEPT));
    return answer;
  }

  private boolean takeCredit(Tenant tenant) {
    return limits
        .take(
            tenant.id(),
            "enrichment",
            WINDOW.format(clock.instant()),
            1,
            (long) MOST_QUESTIONS * tenant.subscription().plan().monthlyLeads(),
            MONTH)
        .isPresent();
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
