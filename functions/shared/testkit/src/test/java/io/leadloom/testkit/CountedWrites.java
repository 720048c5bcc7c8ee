package io.leadloom.testkit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Counts the write units that each partition key takes, of the table and of its index, as DynamoDB
 * does: one for each kilobyte begun of the larger of the item before and after, twice that in a
 * transaction; in the index one for each kilobyte that is put or taken away. The SDK finds it by
 * {@code execution.interceptors}.
 */
public final class CountedWrites implements ExecutionInterceptor {

  private static @Nullable Count current;

  /** Counts from now on. */
  static synchronized void begin() {
    current = new Count();
  }

  /** What was counted, most first. */
  static synchronized List<Map.Entry<String, Double>> end() {
    var count = Objects.requireNonNull(current);
    current = null;
    return count.units.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .toList();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    synchronized (CountedWrites.class) {
      if (current == null) {
        return;
      }
      switch (context.request()) {
        case PutItemRequest put -> current.put(put.item(), 1);
        case UpdateItemRequest update ->
            current.update(
                update.key(),
                update.expressionAttributeNames(),
                update.expressionAttributeValues(),
                1);
        case DeleteItemRequest delete -> current.delete(delete.key(), 1);
        case TransactWriteItemsRequest all ->
            all.transactItems().forEach(CountedWrites::ofTransaction);
        default -> {}
      }
    }
  }

  private static void ofTransaction(TransactWriteItem item) {
    var count = Objects.requireNonNull(current);
    if (item.put() != null) {
      count.put(item.put().item(), 2);
    } else if (item.update() != null) {
      count.update(
          item.update().key(),
          item.update().expressionAttributeNames(),
          item.update().expressionAttributeValues(),
          2);
    } else if (item.delete() != null) {
      count.delete(item.delete().key(), 2);
    }
  }

  /** Remembers all items written, to know what is in the index, and how large it is. */
  private static final class Count {

    private final Map<String, Double> units = new HashMap<>();
    private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();

    void put(Map<String, AttributeValue> item, int times) {
      written(text(item, "pk") + " " + text(item, "sk"), item, times);
    }

    /** Of an update it is enough to know what it gives values to. */
    void update(
        Map<String, AttributeValue> key,
        @Nullable Map<String, String> names,
        @Nullable Map<String, AttributeValue> values,
        int times) {
      var id = text(key, "pk") + " " + text(key, "sk");
      var item = new HashMap<>(items.getOrDefault(id, key));
      if (names != null && values != null) {
        names.forEach((name, attribute) -> {
          var value = values.getOrDefault(name.replace("#a", ":v"), values.get(":value"));
          if (value != null) {
            item.putIfAbsent(attribute, value);
          }
        });
      }
      written(id, item, times);
    }

    void delete(Map<String, AttributeValue> key, int times) {
      written(text(key, "pk") + " " + text(key, "sk"), Map.of(), times);
    }

    private void written(String id, Map<String, AttributeValue> item, int times) {
      var before = items.getOrDefault(id, Map.of());
      items.put(id, item);
      add("table " + id.split(" ")[0], times * Math.max(kilobytes(before), kilobytes(item)));
      var from = text(before, "statusPk") + " " + text(before, "statusSk");
      var to = text(item, "statusPk") + " " + text(item, "statusSk");
      if (from.equals(to)) {
        addIndexed(item, Math.max(kilobytes(before), kilobytes(item)));
      } else {
        addIndexed(before, kilobytes(before));
        addIndexed(item, kilobytes(item));
      }
    }

    private void addIndexed(Map<String, AttributeValue> item, double kilobytes) {
      if (item.containsKey("statusPk")) {
        add("index " + text(item, "statusPk"), kilobytes);
      }
    }

    private void add(String key, double by) {
      units.merge(key, by, Double::sum);
    }

    private static double kilobytes(Map<String, AttributeValue> item) {
      return item.isEmpty() ? 0 : Math.ceil(size(AttributeValue.fromM(item)) / 1024.0);
    }

    private static int size(AttributeValue value) {
      return switch (value.type()) {
        case S -> value.s().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        case N -> value.n().length() / 2 + 2;
        case M ->
            3
                + value.m().entrySet().stream()
                    .collect(
                        Collectors.summingInt(e -> 1 + e.getKey().length() + size(e.getValue())));
        case L -> 3 + value.l().stream().mapToInt(e -> 1 + size(e)).sum();
        default -> 1;
      };
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
      var value = new TreeMap<>(item).get(attribute);
      return value == null ? "" : value.s();
    }
  }
}
