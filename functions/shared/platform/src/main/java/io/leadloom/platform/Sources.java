package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables at portals that each tenant has read. */
@Singleton
public final class Sources {

  private final Table table;

  Sources(Table table) {
    this.table = table;
  }

  /** Keeps a source unless there is one of its id; tells whether it did. */
  public boolean add(TenantId tenant, Source source) {
    return table.putIfAbsent(Item.of(Keys.source(tenant, source.id()), "source", source));
  }

  /** A tenant's sources, in alphabetical order. */
  public List<Source> list(TenantId tenant) {
    return table.query(Keys.ofTenant(tenant), Keys.sources(), Source.class);
  }

  /** The source of that id. */
  public Optional<Source> find(TenantId tenant, String id) {
    return table.get(Keys.source(tenant, id), Source.class);
  }

  /** The source of that id; {@link NotFoundException} where the tenant has none. */
  public Source get(TenantId tenant, String id) {
    return find(tenant, id)
        .orElseThrow(
            () -> new NotFoundException("source.not-found", "There is no source '" + id + "'"));
  }

  /** Forgets a source; what came from it stays. */
  public void remove(TenantId tenant, String id) {
    table.delete(Keys.source(tenant, id));
  }

  /**
   * A table at a portal.
   *
   * @param id our name for it
   */
  public record Source(String id, String url, Instant addedAt) {}
}
