package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.Team;
import io.leadloom.model.UserId;
import io.leadloom.platform.Teams;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenClaimsHandlerTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void aTokenGetsTheTenantAndTheVerifiedAddress() {
    platform
        .bean(Teams.class)
        .create(
            Samples.TENANT,
            Team.of(
                Samples.TENANT,
                UserId.of("user-dana"),
                "dana@acme.example",
                platform.clock().instant()));
    assertThat(claims(Events.read("access/token-claims--sign-in")).toString())
        .isEqualTo("{\"email\":\"dana@acme.example\",\"tenant\":\"acme\"}");
  }

  @Test
  void anAddressThatIsNotVerifiedIsNoClaim() {
    var event = Events.read("access/token-claims--sign-in").deepCopy();
    ((ObjectNode) event.at("/request/userAttributes")).put("email_verified", "false");
    assertThat(claims(event)).isEmpty();
  }

  private static JsonNode claims(JsonNode event) {
    return Events.send(new TokenClaimsHandler(), event)
        .at("/response/claimsAndScopeOverrideDetails/accessTokenGeneration/claimsToAddOrOverride");
  }
}
