package io.leadloom.model;

import java.time.YearMonth;
import java.util.Map;

/**
 * What was done for a tenant in a calendar month (UTC).
 *
 * @param leadsEnriched leads for which enrichment found somebody
 * @param messagesSent messages handed over to a mail provider, or perhaps handed over
 * @param creditsBought credits bought on top of the plan's
 * @param costMicroUsd what third parties charged, in millionths of a US dollar, by provider
 */
public record Usage(
    YearMonth month,
    long leadsEnriched,
    long messagesSent,
    long meetingsBooked,
    long creditsBought,
    Map<String, Long> costMicroUsd) {

  /** Keeps a copy. */
  public Usage {
    costMicroUsd = Map.copyOf(costMicroUsd);
  }

  /** What third parties charged altogether, in millionths of a US dollar. */
  public long totalCostMicroUsd() {
    return costMicroUsd.values().stream().mapToLong(Long::longValue).sum();
  }
}
