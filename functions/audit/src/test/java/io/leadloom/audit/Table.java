package io.leadloom.audit;

import io.leadloom.testkit.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table as somebody sees it who goes around the code. */
final class Table {

  private final DynamoDbClient dynamo;
  private final String name;

  Table(Platform platform) {
    dynamo = platform.bean(DynamoDbClient.class);
    name = platform.bean(io.leadloom.platform.Settings.class).table();
  }

  List<Map<String, AttributeValue>> items(Predicate<Map<String, AttributeValue>> wanted) {
    return dynamo.scanPaginator(b -> b.tableName(name)).items().stream().filter(wanted).toList();
  }

  /** A text or number in an item; empty where it has none. */
  static String text(Map<String, AttributeValue> item, String attribute) {
    var value = item.getOrDefault(attribute, AttributeValue.fromS(""));
    return value.n() == null ? value.s() : value.n();
  }

  void change(Map<String, AttributeValue> item, Consumer<Map<String, AttributeValue>> change) {
    var changed = new HashMap<>(item);
    change.accept(changed);
    dynamo.putItem(b -> b.tableName(name).item(changed));
  }

  void delete(Map<String, AttributeValue> item) {
    dynamo.deleteItem(
        b -> b.tableName(name).key(Map.of("pk", item.get("pk"), "sk", item.get("sk"))));
  }
}
