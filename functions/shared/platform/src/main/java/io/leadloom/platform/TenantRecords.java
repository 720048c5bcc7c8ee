package io.leadloom.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Lead;
import io.leadloom.model.Seal;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.InvalidInputException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * All that is kept of a tenant, for an operator who moves or removes it. It reads the whole table,
 * so nothing that serves requests uses it.
 */
@Singleton
public final class TenantRecords {

  /** Why a lead stands still that was in mid-course where it came from. */
  public static final String LEFT_BEHIND = "execution.left-behind";

  /**
   * What does not move: tokens of executions and answers to requests, which mean nothing elsewhere;
   * webhooks on their way; what a person chose, who may belong to others as well.
   */
  private static final Set<String> BOUND =
      Set.of("waiting", "request", "inboxEvent", "inboxDone", "person");

  /** What leads from outside to one tenant only, thus stays with the first when it is copied. */
  private static final Set<String> UNIQUE = Set.of("link", "apiKey", "apiKeyLink");

  /** What lets people and steps in: it comes last, and goes first. */
  private static final Set<String> DOORS = Set.of("tenant", "tenantListed", "team", "membership");

  private static final int AT_ONCE = 100;

  private final Table table;
  private final Audit audit;
  private final Clock clock;

  TenantRecords(Table table, Audit audit, Clock clock) {
    this.table = table;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Gives all items of a tenant as lines of JSON, between a line that tells whose they are and one
   * that tells how many.
   *
   * @return how many there are
   */
  public long export(TenantId tenant, Consumer<String> lines) {
    lines.accept(Json.write(new Line(tenant.value(), clock.instant(), null, null)));
    var count = new AtomicLong();
    table.scan(
        tenant,
        item -> {
          lines.accept(Json.write(new Line(null, null, ItemCodec.typed(item), null)));
          count.incrementAndGet();
        });
    lines.accept(Json.write(new Line(null, null, null, count.get())));
    return count.get();
  }

  /**
   * Brings items that {@link #export} gave, as those of a tenant. Bringing them again brings what
   * is missing. Leads that were in mid-course stand still here, as {@link Stage#FAILED} with the
   * reason {@link #LEFT_BEHIND}: their executions stay where they are.
   *
   * @param as the tenant; one by another name gets neither the API keys nor the links by which
   *     answers find their leads
   * @throws ConflictException where the tenant has something else in the place of an item; then
   *     nothing is brought
   */
  public Loaded load(TenantId as, List<String> lines) {
    var items = items(as, lines);
    for (var from = 0; from < items.size(); from += AT_ONCE) {
      refuseOthers(as, items.subList(from, Math.min(from + AT_ONCE, items.size())));
    }
    var brought =
        items.stream()
            .sorted(Comparator.comparing(item -> turn(ItemCodec.entity(item))))
            .filter(table::putIfAbsent)
            .count();
    var still =
        items.stream()
            .filter(item -> ItemCodec.entity(item).equals("lead"))
            .filter(item -> LEFT_BEHIND.equals(ItemCodec.record(item, Lead.class).reason()))
            .count();
    return new Loaded(brought, items.size() - brought, still);
  }

  /** Whose items are in the lines that {@link #export} gave. */
  public static TenantId whose(List<String> lines) {
    var whose = lines.isEmpty() ? null : Json.read(lines.getFirst(), Line.class).tenant();
    if (whose == null) {
      throw incomplete();
    }
    return TenantId.of(whose);
  }

  private static InvalidInputException incomplete() {
    return new InvalidInputException(
        "tenant.incomplete", "This is not an export of a tenant from its first to its last line");
  }

  private static List<Map<String, AttributeValue>> items(TenantId as, List<String> lines) {
    var from = whose(lines);
    var all = lines.stream().map(line -> Json.read(line, Line.class)).toList();
    if (!Long.valueOf(all.size() - 2L).equals(all.getLast().items())) {
      throw incomplete();
    }
    var items = new ArrayList<Map<String, AttributeValue>>();
    for (var line : all.subList(1, all.size() - 1)) {
      if (line.item() == null) {
        throw new InvalidInputException("tenant.line", "A line holds no item");
      }
      var item = ItemCodec.untyped(line.item());
      var entity = ItemCodec.entity(item);
      if (!BOUND.contains(entity) && (from.equals(as) || !UNIQUE.contains(entity))) {
        items.add(still(ItemCodec.renamed(item, from, as)));
      }
    }
    return items;
  }

  /** Always the same, whatever is known of the tenant, so that it can be brought again. */
  private static Map<String, AttributeValue> still(Map<String, AttributeValue> item) {
    if (!ItemCodec.entity(item).equals("lead")) {
      return item;
    }
    var lead = ItemCodec.record(item, Lead.class);
    return lead.ended() || lead.stage() == Stage.NEW
        ? item
        : ItemCodec.attributes(Leads.item(lead.at(Stage.FAILED, LEFT_BEHIND, lead.updatedAt())));
  }

  /**
   * Seals come before the entries that none covers yet, so that whoever seals these goes on with
   * the chain. What lets anybody in comes last.
   */
  private static int turn(String entity) {
    return entity.equals("seal") ? 0 : DOORS.contains(entity) ? 2 : 1;
  }

  /** Whether it is the same but for a seal that an entry of the audit got since. */
  private static boolean same(
      Map<String, AttributeValue> there, @Nullable Map<String, AttributeValue> wanted) {
    if (wanted == null || wanted.containsKey("seal") || !ItemCodec.entity(there).equals("audit")) {
      return there.equals(wanted);
    }
    var unsealed = new HashMap<>(there);
    unsealed.remove("seal");
    return unsealed.equals(wanted);
  }

  private void refuseOthers(TenantId as, List<Map<String, AttributeValue>> items) {
    var wanted = new HashMap<Key, Map<String, AttributeValue>>();
    items.forEach(item -> wanted.put(ItemCodec.key(item), item));
    for (var there : table.getAll(List.copyOf(wanted.keySet()))) {
      if (!same(there, wanted.get(ItemCodec.key(there)))) {
        throw new ConflictException(
            "tenant.differs",
            "The tenant '%s' is there and differs, as in its %s; nothing was brought"
                .formatted(as, ItemCodec.entity(there)));
      }
    }
  }

  /**
   * Removes all that is kept of a tenant, but for its suppressions, which are hashes of addresses
   * whose owners asked never to be written to, and a note that it was removed. Removing it again
   * removes what a broken attempt left.
   *
   * @param by who asked for it
   * @return how many items were removed
   */
  public long purge(TenantId tenant, String by) {
    table.putIfAbsent(
        Item.of(
            Keys.removedTenant(tenant),
            "removedTenant",
            new Removed(tenant, clock.instant(), by, audit.lastSeal(tenant).orElse(null))));
    var removed = 0L;
    for (var doors : List.of(true, false)) {
      var keys = new ArrayList<Key>();
      table.scan(
          tenant,
          item -> {
            var entity = ItemCodec.entity(item);
            if (!entity.equals("suppression")
                && !entity.equals("removedTenant")
                && (!doors || DOORS.contains(entity))) {
              keys.add(ItemCodec.key(item));
            }
          });
      keys.forEach(table::delete);
      removed += keys.size();
    }
    return removed;
  }

  /** When a tenant was removed, and by whom. */
  public java.util.Optional<Removed> removed(TenantId tenant) {
    return table.get(Keys.removedTenant(tenant), Removed.class);
  }

  /**
   * What came of an import.
   *
   * @param there what was there already
   * @param still leads that stand still since their executions did not come along
   */
  public record Loaded(long brought, long there, long still) {}

  /**
   * The note that a tenant was removed.
   *
   * @param lastSeal where its audit ended
   */
  public record Removed(TenantId tenant, Instant at, String by, @Nullable Seal lastSeal) {}

  private record Line(
      @Nullable String tenant,
      @Nullable Instant at,
      @Nullable ObjectNode item,
      @Nullable Long items) {}
}
