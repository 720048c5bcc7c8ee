package io.leadloom.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.Ids;
import io.leadloom.model.Seal;
import io.leadloom.model.TenantId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Who did what to what, when, from where, and why; and the seals over it. An entry is written once
 * and never again, but for the number of the seal that covers it.
 */
@Singleton
public final class Audit {

  /** The most entries that one seal covers: a transaction has 100 writes, one of them the seal. */
  public static final int MOST_SEALED = 99;

  private static final String ENTITY = "audit";
  private static final String MARK = "seal";

  private final Table table;

  Audit(Table table) {
    this.table = table;
  }

  /** Records an entry; the same entry again is one entry. */
  public void record(TenantId tenant, AuditEntry entry) {
    table.putIfAbsent(item(tenant, entry));
  }

  static Item item(TenantId tenant, AuditEntry entry) {
    var place = AuditPlace.of(entry);
    return Item.of(Keys.audit(tenant, place), ENTITY, entry.from(Origins.current()))
        .indexed(Keys.listedAudit(tenant, place));
  }

  /** The entry that a change wrote, as a seal covers it; nothing where it wrote none. */
  public static Optional<Seal.Entry> entry(Change change) {
    var after = change.after();
    return after != null && change.entity().equals(ENTITY)
        ? Optional.of(recorded(after).sealed())
        : Optional.empty();
  }

  /**
   * Entries that come after one of them, latest first; eventually consistent.
   *
   * @param after key of the last one seen, or {@link #before}; null to start
   */
  public List<Recorded> list(TenantId tenant, @Nullable String after, int limit) {
    return table.rowsByStatus(Keys.audit(tenant), true, after, limit).stream()
        .map(Audit::recorded)
        .toList();
  }

  /** The place in the list after which all entries are older than that moment. */
  public static String before(Instant at) {
    return Keys.sortable(at);
  }

  /** Those of the entries that are there and that no seal covers. */
  public List<Seal.Entry> unsealed(TenantId tenant, Collection<Seal.Entry> entries) {
    var byKey = new HashMap<Key, Seal.Entry>();
    entries.forEach(entry -> byKey.put(Keys.audit(tenant, AuditPlace.of(entry.key())), entry));
    var unsealed = new ArrayList<Seal.Entry>();
    for (var row : table.getAll(List.copyOf(byKey.keySet()))) {
      if (!row.containsKey(MARK)) {
        unsealed.add(Objects.requireNonNull(byKey.get(ItemCodec.key(row))));
      }
    }
    return unsealed;
  }

  /** The last seal of a tenant. */
  public Optional<Seal> lastSeal(TenantId tenant) {
    return table.query(Keys.seals(tenant), true, null, 1, Seal.class).stream().findFirst();
  }

  /** Seals that come after the one of that number, in their order; 0 to start. */
  public List<Seal> seals(TenantId tenant, long after, int limit) {
    return table.query(Keys.seals(tenant), false, Keys.seal(tenant, after).sk(), limit, Seal.class);
  }

  /**
   * Keeps a seal and marks its entries; all or nothing.
   *
   * @return whether it did; false where another seal has its number, or one of its entries
   */
  public boolean seal(TenantId tenant, Seal seal) {
    var writes = new ArrayList<Write>();
    writes.add(new Write.IfAbsent(Item.of(Keys.seal(tenant, seal.number()), MARK, seal)));
    for (var entry : seal.entries()) {
      var key = Keys.audit(tenant, AuditPlace.of(entry.key()));
      writes.add(new Write.Mark(key, MARK, seal.number()));
    }
    return table.together(writes.toArray(Write[]::new));
  }

  private static Recorded recorded(Map<String, AttributeValue> row) {
    var members = ItemCodec.members(row);
    var mark = members.remove(MARK);
    return new Recorded(
        Objects.requireNonNull(row.get("statusSk")).s(),
        ItemCodec.record(row, AuditEntry.class),
        members,
        mark == null ? null : mark.asLong());
  }

  /**
   * An entry as it is stored.
   *
   * @param key its place in the audit
   * @param members what is stored of it, to the letter
   * @param seal number of the seal that covers it
   */
  public record Recorded(String key, AuditEntry entry, ObjectNode members, @Nullable Long seal) {

    /** It, as a seal covers it. */
    public Seal.Entry sealed() {
      return new Seal.Entry(key, hash(members));
    }

    /**
     * SHA-256, in hexadecimal, of the members as JSON without white space, the names of each object
     * in alphabetical order.
     */
    public static String hash(ObjectNode members) {
      return Ids.sha256(Json.write(Json.mapper().convertValue(members, Object.class)));
    }
  }
}
