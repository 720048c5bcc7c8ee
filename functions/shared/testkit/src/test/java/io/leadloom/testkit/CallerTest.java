package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.platform.Caller;
import io.leadloom.platform.HttpHandler;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Json;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void theCallerIsWhoTheAuthorizerSaysWhateverTheRequestSays() {
    var caller = new Caller(Samples.TENANT, "user:u1", Role.MEMBER, Set.of(Permission.READ_LEADS));
    assertThat(call(caller.toContext()).path("body").asText())
        .isEqualTo("{\"actor\":\"user:u1\",\"tenant\":\"acme\"}");
  }

  @Test
  void withoutAnAuthorizerNobodyCalls() {
    var answer = call(Map.of());
    assertThat(answer.path("statusCode").asInt()).isEqualTo(401);
    assertThat(answer.path("body").asText()).contains("caller.unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "viewer, leads:read, 200, ",
    "viewer, usage:read, 403, scope.missing",
    "owner, usage:read, 403, scope.missing",
    "owner, '', 403, scope.missing"
  })
  void theScopesNarrowTheRole(String role, String scopes, int status, String code) {
    var answer =
        call(Map.of("tenantId", "acme", "actor", "key:k1", "role", role, "scopes", scopes));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(status);
    assertThat(answer.path("body").asText()).contains(code == null ? "acme" : code);
  }

  @Test
  void theRoleNarrowsTheScopes() {
    var viewer = new Caller(Samples.TENANT, "key:k1", Role.VIEWER, Permission.all());
    assertThat(viewer.may(Permission.READ_LEADS)).isTrue();
    assertThat(viewer.may(Permission.WRITE_LEADS)).isFalse();
  }

  private JsonNode call(Map<String, String> context) {
    var event = Events.read("console/console--pipeline").deepCopy();
    ((com.fasterxml.jackson.databind.node.ObjectNode) event.path("requestContext"))
        .set("authorizer", Json.mapper().valueToTree(Map.of("lambda", context)));
    return Events.send(
        new HttpHandler(platform.bean(Invocations.class)) {
          @Override
          protected HttpResponse handle(HttpRequest request) {
            var caller = request.caller();
            caller.require(Permission.READ_LEADS);
            return HttpResponse.json(
                200, Map.of("tenant", caller.tenant().value(), "actor", caller.actor()));
          }
        },
        event);
  }
}
