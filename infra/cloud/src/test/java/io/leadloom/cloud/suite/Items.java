package io.leadloom.cloud.suite;

import io.leadloom.platform.Settings;
import io.leadloom.platform.Wiring;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table as the deployed functions use it, to tell the tests what they saw. */
final class Items {

  private Items() {}

  static Map<String, AttributeValue> key(String id) {
    return Map.of("pk", AttributeValue.fromS(id), "sk", AttributeValue.fromS("ITEM"));
  }

  /** Counts a happening. */
  static void count(String id) {
    client()
        .updateItem(b ->
            b.tableName(table())
                .key(key(id))
                .updateExpression("ADD times :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
  }

  /** Keeps a text. */
  static void put(String id, String text) {
    client()
        .updateItem(b ->
            b.tableName(table())
                .key(key(id))
                .updateExpression("SET content = :text")
                .expressionAttributeValues(Map.of(":text", AttributeValue.fromS(text))));
  }

  static boolean exists(String id) {
    return client().getItem(b -> b.tableName(table()).key(key(id)).consistentRead(true)).hasItem();
  }

  private static DynamoDbClient client() {
    return Wiring.bean(DynamoDbClient.class);
  }

  private static String table() {
    return Wiring.bean(Settings.class).table();
  }
}
