package io.leadloom.platform;

import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Answers of providers that cost money, kept for a while, each tenant its own. */
@Singleton
public final class Cache {

  private final Table table;
  private final Clock clock;

  Cache(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** What was kept under that name, unless it is too old. */
  public <T> Optional<T> get(TenantId tenant, String kind, String name, Class<T> type) {
    return table
        .get(Keys.cache(tenant, kind, hash(name)), Entry.class)
        .filter(entry -> entry.until().isAfter(clock.instant()))
        .map(entry -> Json.read(entry.json(), type));
  }

  /** Keeps a value under a name for a while. */
  public void put(TenantId tenant, String kind, String name, Object value, Duration keep) {
    var until = clock.instant().plus(keep);
    table.put(
        Item.of(Keys.cache(tenant, kind, hash(name)), "cache", new Entry(Json.write(value), until))
            .expiring(until));
  }

  private static String hash(String name) {
    return io.leadloom.model.Ids.hash(name).substring(0, 40);
  }

  private record Entry(String json, Instant until) {}
}
