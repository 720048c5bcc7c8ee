package io.leadloom.local.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;

/** An authorizer of a WebSocket API that does what the request asks it to do. */
public final class SocketGuardHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  /** Called by the stack. */
  public SocketGuardHandler() {}

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    var guard = "open";
    if (event.get("queryStringParameters") instanceof Map<?, ?> query
        && query.get("guard") instanceof String wish) {
      guard = wish;
    }
    var arn = String.valueOf(event.get("methodArn"));
    return switch (guard) {
      case "unauthorized" -> throw new IllegalStateException("Unauthorized");
      case "boom" -> throw new IllegalStateException("boom");
      case "deny" -> policy("Deny", arn, Map.of());
      case "elsewhere" -> policy("Allow", arn + "/elsewhere", Map.of());
      case "nonsense" -> Map.of("isAuthorized", true);
      case "deep" -> policy("Allow", arn, Map.of("who", Map.of("name", "ada")));
      default ->
          policy("Allow", arn, Map.of("level", 3, "type", String.valueOf(event.get("type"))));
    };
  }

  private static Map<String, Object> policy(
      String effect, String resource, Map<String, Object> context) {
    var statement = Map.of("Action", "execute-api:Invoke", "Effect", effect, "Resource", resource);
    return Map.of(
        "principalId",
        "ada",
        "policyDocument",
        Map.of("Version", "2012-10-17", "Statement", List.of(statement)),
        "context",
        context);
  }
}
