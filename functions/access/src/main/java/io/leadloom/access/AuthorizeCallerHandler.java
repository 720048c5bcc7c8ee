package io.leadloom.access;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Json;
import io.leadloom.platform.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorizer of the HTTP API (payload format 2.0, simple responses): who calls a route comes
 * from here alone.
 */
public final class AuthorizeCallerHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorizeCallerHandler.class);

  private final AuthorizeCaller authorizeCaller;
  private final Invocations invocations;

  /** Called by the Lambda runtime, once per execution environment. */
  public AuthorizeCallerHandler() {
    this(Wiring.bean(AuthorizeCaller.class), Wiring.bean(Invocations.class));
  }

  AuthorizeCallerHandler(AuthorizeCaller authorizeCaller, Invocations invocations) {
    this.authorizeCaller = authorizeCaller;
    this.invocations = invocations;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var header = authorization(Json.tree(input.readAllBytes()));
    var outcome = invocations.run(context, Map.of(), () -> authorizeCaller.run(header));
    output.write(Json.bytes(answer(outcome)));
  }

  private static String authorization(JsonNode event) {
    for (var header : event.path("headers").properties()) {
      if (header.getKey().equalsIgnoreCase("authorization")) {
        return header.getValue().asText();
      }
    }
    return "";
  }

  private static Map<String, Object> answer(AuthorizeCaller.Outcome outcome) {
    return switch (outcome) {
      case AuthorizeCaller.Outcome.Allowed(var caller, var person) -> {
        var told = new LinkedHashMap<>(caller.toContext());
        told.putAll(told(person));
        yield Map.of("isAuthorized", true, "context", told);
      }
      case AuthorizeCaller.Outcome.WithoutTenant(var person) ->
          Map.of("isAuthorized", true, "context", told(person));
      case AuthorizeCaller.Outcome.Denied(var code) -> {
        LOG.info("Denied: {}", code);
        yield Map.of("isAuthorized", false);
      }
    };
  }

  private static Map<String, String> told(@Nullable Identity person) {
    return person == null
        ? Map.of()
        : Map.of(
            "user", person.user().value(), "email", person.email(), "session", person.session());
  }
}
