package io.leadloom.local.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** An authorizer that does what the identity in the request asks it to do. */
public final class GuardHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  /** How often it was asked. */
  public static final AtomicInteger CALLS = new AtomicInteger();

  /** Called by the stack. */
  public GuardHandler() {}

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    CALLS.incrementAndGet();
    var identity = (List<?>) Objects.requireNonNull(event.get("identitySource"));
    return switch (String.valueOf(identity.getFirst())) {
      case "yes" ->
          Map.of("isAuthorized", true, "context", Map.of("who", "ada", "level", 3, "event", event));
      case "plain-yes" -> Map.of("isAuthorized", true);
      case "no" -> Map.of("isAuthorized", false);
      case "unauthorized" -> throw new IllegalStateException("Unauthorized");
      case "boom" -> throw new IllegalStateException("boom");
      case "allow" -> policy("Allow", "*");
      case "deny" -> policy("Deny", "*");
      case "some" -> policy("Allow", "arn:aws:execute-api:*:*:Api/$default/GET/policy/1?");
      default -> Map.of("neither", "of both");
    };
  }

  private static Map<String, Object> policy(String effect, String resource) {
    var statement =
        Map.of("Action", "execute-api:Invoke", "Effect", effect, "Resource", List.of(resource));
    return Map.of(
        "principalId",
        "ada",
        "policyDocument",
        Map.of("Version", "2012-10-17", "Statement", List.of(statement)),
        "context",
        Map.of("who", "ada"));
  }
}
