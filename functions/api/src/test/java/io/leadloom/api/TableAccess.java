package io.leadloom.api;

import io.leadloom.platform.TenantScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Watches how the API reaches the table: which requests touch a tenant's keys outside of its scope.
 * It can also play a mistake in the keys, by which reads go to another tenant than they should. The
 * SDK finds it by {@code execution.interceptors}.
 */
public final class TableAccess implements ExecutionInterceptor {

  private static final Pattern TENANT_KEY = Pattern.compile("S=T#([A-Za-z0-9_-]+)");
  private static final List<String> OUTSIDE = new CopyOnWriteArrayList<>();
  private static volatile UnaryOperator<String> mistake = UnaryOperator.identity();

  /** Called by the SDK. */
  public TableAccess() {}

  /** Begins to watch; reads go where {@code keys} says. */
  static void watch(UnaryOperator<String> keys) {
    OUTSIDE.clear();
    mistake = keys;
  }

  /** The accesses since then to a tenant's keys outside of its scope. */
  static List<String> outsideOfScopes() {
    return List.copyOf(OUTSIDE);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof DynamoDbRequest request) {
      var scope = TenantScope.current().map(tenant -> tenant.value()).orElse("none");
      var keys = TENANT_KEY.matcher(request.toString());
      while (keys.find()) {
        if (!keys.group(1).equals(scope)) {
          OUTSIDE.add(
              "%s of %s in the scope of %s"
                  .formatted(request.getClass().getSimpleName(), keys.group(1), scope));
        }
      }
    }
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return switch (context.request()) {
      case GetItemRequest get -> get.toBuilder().key(mistaken(get.key())).build();
      case QueryRequest query when query.hasExpressionAttributeValues() ->
          query.toBuilder()
              .expressionAttributeValues(mistaken(query.expressionAttributeValues()))
              .build();
      default -> context.request();
    };
  }

  private static Map<String, AttributeValue> mistaken(Map<String, AttributeValue> values) {
    var changed = new HashMap<>(values);
    changed.replaceAll((name, value) ->
        value.s() == null ? value : AttributeValue.fromS(mistake.apply(value.s())));
    return changed;
  }
}
