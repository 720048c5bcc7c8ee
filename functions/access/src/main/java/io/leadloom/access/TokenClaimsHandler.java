package io.leadloom.access;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.UserId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Json;
import io.leadloom.platform.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * The user pool's trigger before it makes a token (version 2): adds to access tokens the person's
 * verified address and the tenant that the token is for.
 */
public final class TokenClaimsHandler implements RequestStreamHandler {

  private final ChooseTenant chooseTenant;
  private final Invocations invocations;

  /** Called by the Lambda runtime, once per execution environment. */
  public TokenClaimsHandler() {
    this(Wiring.bean(ChooseTenant.class), Wiring.bean(Invocations.class));
  }

  TokenClaimsHandler(ChooseTenant chooseTenant, Invocations invocations) {
    this.chooseTenant = chooseTenant;
    this.invocations = invocations;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = Json.tree(input.readAllBytes());
    output.write(Json.bytes(invocations.run(context, Map.of(), () -> withClaims(event))));
  }

  /** The event with its response. */
  public JsonNode withClaims(JsonNode event) {
    var person = event.at("/request/userAttributes");
    var claims = Json.mapper().createObjectNode();
    // Without a verified address no token of ours is valid: it decides which invitation is whose.
    if (isVerified(person)) {
      claims.put("email", person.path("email").asText());
    }
    chooseTenant
        .run(UserId.of(person.path("sub").asText()))
        .ifPresent(tenant -> claims.put("tenant", tenant.value()));
    var answer = (ObjectNode) event.deepCopy();
    answer
        .withObject("/response/claimsAndScopeOverrideDetails/accessTokenGeneration")
        .set("claimsToAddOrOverride", claims);
    return answer;
  }

  private static boolean isVerified(JsonNode person) {
    return person.path("email_verified").asText().equals("true")
        && !person.path("email").asText().isEmpty();
  }
}
