package io.leadloom.platform;

import io.leadloom.model.TenantId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The one table. Every write has a condition or is the same write again; reads are strongly
 * consistent, but for the index.
 */
@Singleton
public final class Table {

  private static final String ABSENT = "attribute_not_exists(pk)";
  private static final String AT_REVISION = "rev = :seen";

  /** How often a transaction may meet another one before its caller is told. */
  private static final int MEETINGS = 8;

  /** The most keys that BatchGetItem takes. */
  private static final int BATCH = 100;

  private final DynamoDbClient dynamo;
  private final String name;
  private final IndexShards shards;

  /** The table that the settings name. */
  public Table(DynamoDbClient dynamo, Settings settings, Clock clock) {
    this.dynamo = dynamo;
    this.name = settings.table();
    this.shards = new IndexShards(clock);
  }

  <T> Optional<T> get(Key key, Class<T> type) {
    var answer =
        asking(
            () -> dynamo.getItem(b -> b.tableName(name).key(attributes(key)).consistentRead(true)));
    return answer.hasItem() && !answer.item().isEmpty()
        ? Optional.of(ItemCodec.record(answer.item(), type))
        : Optional.empty();
  }

  /** Those of the items that are there, in no particular order. The keys must differ. */
  <T> List<T> getAll(List<Key> keys, Class<T> type) {
    return getAll(keys).stream().map(item -> ItemCodec.record(item, type)).toList();
  }

  /** The same, as they are stored. */
  List<Map<String, AttributeValue>> getAll(List<Key> keys) {
    var items = new ArrayList<Map<String, AttributeValue>>();
    for (var from = 0; from < keys.size(); from += BATCH) {
      var wanted =
          keys.subList(from, Math.min(from + BATCH, keys.size())).stream()
              .map(Table::attributes)
              .toList();
      var left =
          Map.of(name, KeysAndAttributes.builder().keys(wanted).consistentRead(true).build());
      while (!left.isEmpty()) {
        var request = left;
        var answer = asking(() -> dynamo.batchGetItem(b -> b.requestItems(request)));
        items.addAll(answer.responses().getOrDefault(name, List.of()));
        left = answer.unprocessedKeys();
      }
    }
    return items;
  }

  /** Puts the item, whatever stands there: for writes that a repetition would write alike. */
  void put(Item item) {
    asking(() -> dynamo.putItem(b -> b.tableName(name).item(attributes(item))));
  }

  /** Puts the item unless one stands there; tells whether it did. */
  boolean putIfAbsent(Item item) {
    try {
      asking(() ->
          dynamo.putItem(
              b -> b.tableName(name).item(attributes(item)).conditionExpression(ABSENT)));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** Puts an item as it is unless one stands there; tells whether it did. */
  boolean putIfAbsent(Map<String, AttributeValue> item) {
    try {
      asking(() -> dynamo.putItem(b -> b.tableName(name).item(item).conditionExpression(ABSENT)));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** Reads the whole table for all that is a tenant's, or leads to it. */
  void scan(TenantId tenant, Consumer<Map<String, AttributeValue>> items) {
    var patterns = Keys.patternsOf(tenant);
    var request =
        ScanRequest.builder()
            .tableName(name)
            .consistentRead(true)
            .filterExpression(
                "pk = :pk OR begins_with(pk, :within) OR #tenant = :id OR #tenant.#value = :id"
                    + " OR (pk = :tenants AND sk = :id)")
            .expressionAttributeNames(Map.of("#tenant", "tenant", "#value", "value"))
            .expressionAttributeValues(
                Map.of(
                    ":pk", AttributeValue.fromS(patterns.getFirst()),
                    ":within", AttributeValue.fromS(patterns.getLast().replace("*", "")),
                    ":id", AttributeValue.fromS(tenant.value()),
                    ":tenants", AttributeValue.fromS(Keys.tenants())))
            .build();
    for (var pages = dynamo.scanPaginator(request).iterator(); asking(pages::hasNext); ) {
      asking(pages::next).items().forEach(items);
    }
  }

  /**
   * Replaces an item at the revision that was seen. The record's member {@code rev} must hold the
   * revision seen; it is stored one higher.
   *
   * @throws ConflictException where somebody else was faster
   */
  void replace(Item item, long revSeen) {
    try {
      asking(() ->
          dynamo.putItem(b ->
              b.tableName(name)
                  .item(nextRevision(item, revSeen))
                  .conditionExpression(AT_REVISION)
                  .expressionAttributeValues(Map.of(":seen", number(revSeen)))));
    } catch (ConditionalCheckFailedException e) {
      throw new ConflictException(
          "table.changed", item.entity() + " was changed by somebody else", e);
    }
  }

  /**
   * Replaces an item as {@link #replace(Item, long)}, together with other writes.
   *
   * @throws ConflictException where somebody else was faster, with any of them; then none is made
   */
  void replace(Item item, long revSeen, Write... others) {
    var writes =
        Stream.concat(Stream.of(new Write.Replacing(item, revSeen)), Stream.of(others))
            .toArray(Write[]::new);
    if (!together(writes)) {
      throw new ConflictException("table.changed", item.entity() + " was changed by somebody else");
    }
  }

  /**
   * Makes all writes or none.
   *
   * @return whether it did; false where the condition of one did not hold
   */
  boolean together(Write... writes) {
    for (var attempt = 1; ; attempt++) {
      try {
        asking(() ->
            dynamo.transactWriteItems(
                b -> b.transactItems(Stream.of(writes).map(this::transactional).toList())));
        return true;
      } catch (TransactionCanceledException e) {
        if (e.cancellationReasons().stream()
            .anyMatch(r -> "ConditionalCheckFailed".equals(r.code()))) {
          return false;
        }
        // It did nothing; where several count in one item, the next attempt most often goes
        // through.
        if (attempt == MEETINGS) {
          throw new TransientException("table.busy", "A transaction met another one", e);
        }
      }
    }
  }

  <T> List<T> query(String pk, String skPrefix, Class<T> type) {
    return rows(pk, skPrefix).stream().map(row -> ItemCodec.record(row, type)).toList();
  }

  /**
   * All items of a partition whose sort key starts with the prefix, in the order of their sort
   * keys.
   */
  List<Map<String, AttributeValue>> rows(String pk, String skPrefix) {
    return queried(
        QueryRequest.builder()
            .tableName(name)
            .consistentRead(true)
            .keyConditionExpression(
                skPrefix.isEmpty() ? "pk = :pk" : "pk = :pk AND begins_with(sk, :sk)")
            .expressionAttributeValues(
                skPrefix.isEmpty()
                    ? Map.of(":pk", AttributeValue.fromS(pk))
                    : Map.of(
                        ":pk", AttributeValue.fromS(pk), ":sk", AttributeValue.fromS(skPrefix))),
        Integer.MAX_VALUE);
  }

  /**
   * Items of a partition from a sort key on, latest sort key first.
   *
   * @param from the first sort key, or what all of them start with
   * @param before sort key of the last item seen; null to start
   */
  <T> List<T> latest(String pk, String from, @Nullable String before, int limit, Class<T> type) {
    // No sort key of ours holds a character above the tilde.
    var upTo = before == null ? from + "~" : before;
    return queried(
            QueryRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .scanIndexForward(false)
                .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(pk),
                        ":from", AttributeValue.fromS(from),
                        ":to", AttributeValue.fromS(upTo))),
            before == null ? limit : limit + 1)
        .stream()
        .filter(row -> !Objects.requireNonNull(row.get("sk")).s().equals(before))
        .limit(limit)
        .map(row -> ItemCodec.record(row, type))
        .toList();
  }

  /**
   * Items of a partition that come after a place in the order of their sort keys.
   *
   * @param after sort key of the last item seen; null to start
   */
  <T> List<T> query(
      String pk, boolean lastFirst, @Nullable String after, int limit, Class<T> type) {
    return queried(
            QueryRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .scanIndexForward(!lastFirst)
                .keyConditionExpression(
                    after == null
                        ? "pk = :pk"
                        : "pk = :pk AND sk " + (lastFirst ? "<" : ">") + " :after")
                .expressionAttributeValues(
                    after == null
                        ? Map.of(":pk", AttributeValue.fromS(pk))
                        : Map.of(
                            ":pk", AttributeValue.fromS(pk),
                            ":after", AttributeValue.fromS(after))),
            limit)
        .stream()
        .map(row -> ItemCodec.record(row, type))
        .toList();
  }

  /** Items of a status, by the order of the index; eventually consistent. */
  <T> List<T> queryByStatus(String statusPk, boolean newestFirst, int limit, Class<T> type) {
    return queryByStatus(statusPk, newestFirst, null, limit, type);
  }

  /**
   * Items of a status that come after a place in the order of the index; eventually consistent.
   *
   * @param after sort key of the last item seen; null to start
   */
  <T> List<T> queryByStatus(
      String statusPk, boolean newestFirst, @Nullable String after, int limit, Class<T> type) {
    return rowsByStatus(statusPk, newestFirst, after, limit).stream()
        .map(row -> ItemCodec.record(row, type))
        .toList();
  }

  /** The same, as they are stored. */
  List<Map<String, AttributeValue>> rowsByStatus(
      String statusPk, boolean newestFirst, @Nullable String after, int limit) {
    var partitions = shards.partitions(statusPk, this);
    var rows = new ArrayList<Map<String, AttributeValue>>();
    for (var partition : partitions) {
      rows.addAll(rowsOfPartition(partition, newestFirst, after, limit));
    }
    if (partitions.size() > 1) {
      var order =
          Comparator.<Map<String, AttributeValue>, String>comparing(
              row -> Objects.requireNonNull(row.get("statusSk")).s());
      rows.sort(newestFirst ? order.reversed() : order);
    }
    return rows.subList(0, Math.min(rows.size(), limit));
  }

  private List<Map<String, AttributeValue>> rowsOfPartition(
      String statusPk, boolean newestFirst, @Nullable String after, int limit) {
    return queried(
        QueryRequest.builder()
            .tableName(name)
            .indexName("byStatus")
            .scanIndexForward(!newestFirst)
            .keyConditionExpression(
                after == null
                    ? "statusPk = :pk"
                    : "statusPk = :pk AND statusSk " + (newestFirst ? "<" : ">") + " :after")
            .expressionAttributeValues(
                after == null
                    ? Map.of(":pk", AttributeValue.fromS(statusPk))
                    : Map.of(
                        ":pk", AttributeValue.fromS(statusPk),
                        ":after", AttributeValue.fromS(after))),
        limit);
  }

  /** How many items have a status. */
  int countByStatus(String statusPk) {
    return shards.partitions(statusPk, this).stream().mapToInt(this::countInPartition).sum();
  }

  private int countInPartition(String statusPk) {
    var count = 0;
    Map<String, AttributeValue> from = Map.of();
    do {
      var start = from;
      var page =
          asking(() ->
              dynamo.query(b -> {
                b.tableName(name)
                    .indexName("byStatus")
                    .select("COUNT")
                    .keyConditionExpression("statusPk = :pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(statusPk)));
                if (!start.isEmpty()) {
                  b.exclusiveStartKey(start);
                }
              }));
      count += page.count();
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
    } while (!from.isEmpty());
    return count;
  }

  /**
   * Adds {@code by} to a counter unless that would lift it above {@code max}.
   *
   * @return the counter's new value, or nothing where the limit is reached
   */
  Optional<Long> count(Key key, long by, long max, long expiresAt) {
    try {
      var answer =
          asking(() ->
              dynamo.updateItem(b ->
                  b.tableName(name)
                      .key(attributes(key))
                      .updateExpression(
                          "ADD used :by SET expiresAt = :expires, entity = :entity, v = :v")
                      .conditionExpression("attribute_not_exists(used) OR used <= :room")
                      .expressionAttributeValues(
                          Map.of(
                              ":by", number(by),
                              ":room", number(max - by),
                              ":expires", number(expiresAt),
                              ":entity", AttributeValue.fromS("limit"),
                              ":v", ItemCodec.layout("limit")))
                      .returnValues("UPDATED_NEW")));
      var used = Long.parseLong(Objects.requireNonNull(answer.attributes().get("used")).n());
      return used <= max ? Optional.of(used) : Optional.empty();
    } catch (ConditionalCheckFailedException e) {
      return Optional.empty();
    }
  }

  /**
   * Moves a number on by {@code by}, from {@code least} where it is absent or smaller.
   *
   * @return where it was moved from
   */
  long advance(Key key, long by, long least, long expiresAt) {
    while (true) {
      var moved =
          moved(
                  key,
                  "takenTo = :change",
                  "attribute_not_exists(takenTo) OR takenTo < :least",
                  least + by,
                  least,
                  expiresAt)
              .or(() ->
                  moved(
                      key,
                      "takenTo = takenTo + :change",
                      "takenTo >= :least",
                      by,
                      least,
                      expiresAt));
      // Neither holds only where somebody else moved it in between.
      if (moved.isPresent()) {
        return moved.get() - by;
      }
    }
  }

  private Optional<Long> moved(
      Key key, String move, String condition, long change, long least, long expiresAt) {
    try {
      var answer =
          asking(() ->
              dynamo.updateItem(b ->
                  b.tableName(name)
                      .key(attributes(key))
                      .updateExpression(
                          "SET %s, expiresAt = :expires, entity = :entity, v = :v".formatted(move))
                      .conditionExpression(condition)
                      .expressionAttributeValues(
                          Map.of(
                              ":change", number(change),
                              ":least", number(least),
                              ":expires", number(expiresAt),
                              ":entity", AttributeValue.fromS("turns"),
                              ":v", ItemCodec.layout("turns")))
                      .returnValues("UPDATED_NEW")));
      return Optional.of(
          Long.parseLong(Objects.requireNonNull(answer.attributes().get("takenTo")).n()));
    } catch (ConditionalCheckFailedException e) {
      return Optional.empty();
    }
  }

  void delete(Key key) {
    asking(() -> dynamo.deleteItem(b -> b.tableName(name).key(attributes(key))));
  }

  private List<Map<String, AttributeValue>> queried(QueryRequest.Builder query, int limit) {
    var rows = new ArrayList<Map<String, AttributeValue>>();
    Map<String, AttributeValue> from = Map.of();
    do {
      if (limit != Integer.MAX_VALUE) {
        query.limit(limit - rows.size());
      }
      if (!from.isEmpty()) {
        query.exclusiveStartKey(from);
      }
      var request = query.build();
      var page = asking(() -> dynamo.query(request));
      rows.addAll(page.items());
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
    } while (!from.isEmpty() && rows.size() < limit);
    return rows;
  }

  private TransactWriteItem transactional(Write write) {
    var put = Put.builder().tableName(name);
    switch (write) {
      case Write.Adding adding -> {
        return TransactWriteItem.builder().update(update(adding)).build();
      }
      case Write.Delete(var key) -> {
        var delete = Delete.builder().tableName(name).key(attributes(key)).build();
        return TransactWriteItem.builder().delete(delete).build();
      }
      case Write.Removing(var key, var revSeen) -> {
        var delete =
            Delete.builder()
                .tableName(name)
                .key(attributes(key))
                .conditionExpression(AT_REVISION)
                .expressionAttributeValues(Map.of(":seen", number(revSeen)))
                .build();
        return TransactWriteItem.builder().delete(delete).build();
      }
      case Write.First(var item) -> {
        return TransactWriteItem.builder().update(first(item)).build();
      }
      case Write.Mark(var key, var attribute, var value) -> {
        var mark =
            Update.builder()
                .tableName(name)
                .key(attributes(key))
                .updateExpression("SET #mark = :value")
                .conditionExpression("attribute_exists(pk) AND attribute_not_exists(#mark)")
                .expressionAttributeNames(Map.of("#mark", attribute))
                .expressionAttributeValues(Map.of(":value", number(value)))
                .build();
        return TransactWriteItem.builder().update(mark).build();
      }
      case Write.Always(var item) -> put.item(attributes(item));
      case Write.IfAbsent(var item) -> put.item(attributes(item)).conditionExpression(ABSENT);
      case Write.Replacing(var item, var revSeen) ->
          put.item(nextRevision(item, revSeen))
              .conditionExpression(AT_REVISION)
              .expressionAttributeValues(Map.of(":seen", number(revSeen)));
    }
    return TransactWriteItem.builder().put(put.build()).build();
  }

  private Update update(Write.Adding adding) {
    var names = new HashMap<String, String>();
    var values = new HashMap<String, AttributeValue>();
    var additions = new ArrayList<String>();
    adding
        .amounts()
        .forEach((member, amount) -> {
          var place = names.size();
          names.put("#n" + place, member);
          values.put(":n" + place, number(amount));
          additions.add("#n" + place + " :n" + place);
        });
    names.put("#v", "v");
    values.put(":v", number(Schemas.CURRENT.version(adding.entity())));
    values.put(":entity", AttributeValue.fromS(adding.entity()));
    var update =
        Update.builder()
            .tableName(name)
            .key(attributes(adding.key()))
            .updateExpression(
                "ADD " + String.join(", ", additions) + " SET #v = :v, entity = :entity");
    var within = adding.within();
    if (within != null) {
      var by = Objects.requireNonNull(adding.amounts().get(within.member()));
      var least = within.least() - by;
      var most = within.most() - by;
      names.put("#m", within.member());
      values.put(":least", number(least));
      values.put(":most", number(most));
      update.conditionExpression(
          (least <= 0 && most >= 0 ? "attribute_not_exists(#m) OR " : "")
              + "#m BETWEEN :least AND :most");
    }
    return update.expressionAttributeNames(names).expressionAttributeValues(values).build();
  }

  /** Only an update can leave what stands there without failing the whole transaction. */
  private Update first(Item item) {
    var clauses = new ArrayList<String>();
    var names = new HashMap<String, String>();
    var values = new HashMap<String, AttributeValue>();
    attributes(item)
        .forEach((attribute, value) -> {
          if (!attribute.equals("pk") && !attribute.equals("sk")) {
            var n = clauses.size();
            clauses.add("#a%d = if_not_exists(#a%d, :v%d)".formatted(n, n, n));
            names.put("#a" + n, attribute);
            values.put(":v" + n, value);
          }
        });
    return Update.builder()
        .tableName(name)
        .key(attributes(item.key()))
        .updateExpression("SET " + String.join(", ", clauses))
        .expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .build();
  }

  private Map<String, AttributeValue> nextRevision(Item item, long revSeen) {
    var attributes = new HashMap<>(attributes(item));
    attributes.put("rev", number(revSeen + 1));
    return attributes;
  }

  private Map<String, AttributeValue> attributes(Item item) {
    var attributes = ItemCodec.attributes(item);
    var index = item.indexKey();
    if (index != null) {
      attributes.put(
          "statusPk", AttributeValue.fromS(Keys.shard(index.pk(), shards.of(item.key(), this))));
    }
    return attributes;
  }

  private static Map<String, AttributeValue> attributes(Key key) {
    return Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk()));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static <T> T asking(Supplier<T> call) {
    try {
      return call.get();
    } catch (ConditionalCheckFailedException | TransactionCanceledException e) {
      throw e;
    } catch (DynamoDbException e) {
      if (e.isThrottlingException() || e.statusCode() >= 500) {
        throw new TransientException("table.busy", "The table does not answer now", e);
      }
      throw new PermanentException("table.refused", "The table refused a call", e);
    } catch (SdkClientException e) {
      throw new TransientException("table.unreachable", "The table cannot be reached", e);
    }
  }
}
