package io.leadloom.testkit;

import io.leadloom.platform.TenantPolicy;
import io.leadloom.platform.TenantScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * What IAM does to credentials narrowed to a tenant, which DynamoDB Local does not check: every
 * test with this module on its class path runs under the policy as soon as it is within a {@link
 * TenantScope}. The SDK finds it by {@code execution.interceptors}.
 */
public final class NarrowedTable implements ExecutionInterceptor {

  private static final Pattern HASH_KEY = Pattern.compile("\\b(?:pk|statusPk)\\s*=\\s*(:\\w+)");
  private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/";

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof DynamoDbRequest request) {
      TenantScope.current()
          .ifPresent(tenant -> {
            for (var access : accesses(request)) {
              var table = access.resource().split("/")[0];
              if (!new SessionPolicy(TenantPolicy.document(table, tenant))
                  .allows(access.action(), ARN + access.resource(), access.leadingKeys())) {
                throw new AssertionError(
                    "With credentials narrowed to " + tenant + " this is refused: " + access);
              }
            }
          });
    }
  }

  /** What a request does to which keys. */
  static List<Access> accesses(SdkRequest request) {
    return switch (request) {
      case GetItemRequest r -> List.of(access("GetItem", r.tableName(), r.key()));
      case PutItemRequest r -> List.of(access("PutItem", r.tableName(), r.item()));
      case UpdateItemRequest r -> List.of(access("UpdateItem", r.tableName(), r.key()));
      case DeleteItemRequest r -> List.of(access("DeleteItem", r.tableName(), r.key()));
      case BatchGetItemRequest r ->
          r.requestItems().entrySet().stream()
              .map(e ->
                  new Access(
                      "dynamodb:BatchGetItem",
                      e.getKey(),
                      e.getValue().keys().stream().map(NarrowedTable::pk).toList()))
              .toList();
      case QueryRequest r -> List.of(query(r));
      case TransactWriteItemsRequest r ->
          r.transactItems().stream().map(NarrowedTable::write).toList();
      // Whatever else there is names no keys, and is not allowed.
      default ->
          List.of(
              new Access(
                  "dynamodb:" + request.getClass().getSimpleName().replace("Request", ""),
                  "any",
                  List.of()));
    };
  }

  private static Access write(TransactWriteItem item) {
    if (item.put() != null) {
      return access("PutItem", item.put().tableName(), item.put().item());
    }
    if (item.update() != null) {
      return access("UpdateItem", item.update().tableName(), item.update().key());
    }
    if (item.delete() != null) {
      return access("DeleteItem", item.delete().tableName(), item.delete().key());
    }
    return access(
        "ConditionCheckItem", item.conditionCheck().tableName(), item.conditionCheck().key());
  }

  private static Access query(QueryRequest r) {
    var hash = HASH_KEY.matcher(Objects.requireNonNullElse(r.keyConditionExpression(), ""));
    var keys =
        hash.find()
            ? List.of(Objects.requireNonNull(r.expressionAttributeValues().get(hash.group(1))).s())
            : List.<String>of();
    var index = r.indexName();
    return new Access(
        "dynamodb:Query", r.tableName() + (index == null ? "" : "/index/" + index), keys);
  }

  private static Access access(
      String action, String table, @Nullable Map<String, AttributeValue> item) {
    var keys = new ArrayList<String>();
    if (item != null) {
      keys.add(pk(item));
    }
    return new Access("dynamodb:" + action, table, keys);
  }

  private static String pk(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get("pk")).s();
  }

  /**
   * One action on one table or index.
   *
   * @param resource the table's name, or with {@code /index/} and the index's
   */
  record Access(String action, String resource, Collection<String> leadingKeys) {}
}
