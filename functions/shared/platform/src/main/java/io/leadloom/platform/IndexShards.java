package io.leadloom.platform;

import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Over how many partitions of the index {@code byStatus} each list of a tenant is spread, so that
 * no partition takes more writes than DynamoDB lets one have. Its subscription tells; the number
 * only grows. Whoever writes may go by an older number, since that names some of the partitions;
 * whoever reads goes by the latest, and so misses none. Items move when they are next written.
 */
final class IndexShards {

  private static final Duration KNOWN_FOR = Duration.ofHours(1);

  private final ConcurrentHashMap<TenantId, Known> known = new ConcurrentHashMap<>();
  private final Clock clock;

  IndexShards(Clock clock) {
    this.clock = clock;
  }

  /** The shard for an item; those of one partition of the table share it. */
  int of(Key item, Table table) {
    var now = clock.instant();
    return Keys.tenantOf(item.pk())
        .map(tenant -> {
          var count = known.get(tenant);
          if (count == null || !count.until().isAfter(now)) {
            count = new Known(latest(tenant, table), now.plus(KNOWN_FOR));
            known.put(tenant, count);
          }
          return Math.floorMod(item.pk().hashCode(), count.shards());
        })
        .orElse(0);
  }

  /** All partitions of a list. */
  List<String> partitions(String statusPk, Table table) {
    var count = Keys.tenantOf(statusPk).map(tenant -> latest(tenant, table)).orElse(1);
    return IntStream.range(0, count).mapToObj(shard -> Keys.shard(statusPk, shard)).toList();
  }

  private static int latest(TenantId tenant, Table table) {
    return table
        .get(Keys.tenantRow(tenant), Tenant.class)
        .map(row -> Math.max(1, row.subscription().indexShards()))
        .orElse(1);
  }

  private record Known(int shards, Instant until) {}
}
