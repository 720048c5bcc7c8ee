package io.leadloom.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Cost;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.Usage;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done for each tenant, by calendar month (UTC). It is counted in the transaction that
 * keeps what is counted, so never twice; and in several items a month, so that writers seldom meet.
 */
@Singleton
public final class Usages {

  private static final int ITEMS = 16;
  private static final String LEADS = "leadsEnriched";
  private static final String MESSAGES = "messagesSent";
  private static final String MEETINGS = "meetingsBooked";
  private static final String CREDITS = "creditsBought";
  private static final String COST = "cost-";

  private final Table table;

  Usages(Table table) {
    this.table = table;
  }

  /** What was done for a tenant in a month. */
  public Usage of(TenantId tenant, YearMonth month) {
    var items = table.query(Keys.usage(tenant, month), "", ObjectNode.class);
    var costs = new TreeMap<String, Long>();
    for (var item : items) {
      item.properties().stream()
          .filter(member -> member.getKey().startsWith(COST))
          .forEach(member ->
              costs.merge(
                  member.getKey().substring(COST.length()), member.getValue().asLong(), Long::sum));
    }
    return new Usage(
        month,
        sum(items, LEADS),
        sum(items, MESSAGES),
        sum(items, MEETINGS),
        sum(items, CREDITS),
        costs);
  }

  static Write enriched(TenantId tenant, LeadId lead, Instant at) {
    return counted(tenant, lead.value(), at, Map.of(LEADS, 1L));
  }

  static Write spent(TenantId tenant, LeadId lead, Cost cost) {
    return counted(
        tenant, lead.value(), cost.at(), Map.of(COST + cost.provider(), cost.microUsd()));
  }

  static Write sent(TenantId tenant, LeadId lead, Cost cost) {
    return counted(
        tenant,
        lead.value(),
        cost.at(),
        Map.of(COST + cost.provider(), cost.microUsd(), MESSAGES, 1L));
  }

  static Write booked(TenantId tenant, LeadId lead, Instant at) {
    return counted(tenant, lead.value(), at, Map.of(MEETINGS, 1L));
  }

  static Write bought(TenantId tenant, String id, long credits, Instant at) {
    return counted(tenant, id, at, Map.of(CREDITS, credits));
  }

  static YearMonth month(Instant at) {
    return YearMonth.from(at.atZone(ZoneOffset.UTC));
  }

  private static Write counted(
      TenantId tenant, String spreadBy, Instant at, Map<String, Long> amounts) {
    var item = Math.floorMod(spreadBy.hashCode(), ITEMS);
    return new Write.Adding(Keys.usage(tenant, month(at), item), "usage", amounts, null);
  }

  private static long sum(List<ObjectNode> items, String member) {
    return items.stream().mapToLong(item -> item.path(member).asLong()).sum();
  }
}
