package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SimulatedCredentialsTest {

  @Test
  void theJsonHasWhatEachProviderAsksFor() {
    var json = parsed(SimulatedCredentials.of("acme-fire").toJson());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("apollo", "hunter", "resend", "postmark", "servicetitan");
    assertThat(json.path("resend").path("apiKey").asText()).startsWith("re_acme-fire_");
    var secret = json.path("resend").path("webhookSecret").asText();
    assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
        .hasSizeBetween(24, 64);
    assertThat(json.path("postmark").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("user", "password");
    assertThat(json.path("servicetitan").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "clientId", "clientSecret", "appKey", "tenant", "bookingProvider");
  }

  @Test
  void onlyWhoAsksGetsTheKeysOfModels() {
    var json = parsed(SimulatedCredentials.toJsonWithModels("acme-fire"));
    assertThat(json.path("anthropic").path("apiKey").asText()).startsWith("sk-ant_acme-fire_");
    assertThat(json.path("openai").path("apiKey").asText()).startsWith("sk_acme-fire_");
    assertThat(json.path("apollo").has("apiKey")).isTrue();
  }

  @Test
  void aKeyTellsItsTenantAndNoOther() {
    for (var tenant : new String[] {"a", "with_underscore", "with-dash.and.dot"}) {
      var key = SimulatedCredentials.of(tenant).hunter().apiKey();
      assertThat(SimulatedCredentials.tenantOf("hunter", key)).hasValue(tenant);
      assertThat(SimulatedCredentials.tenantOf("apollo", key)).isEmpty();
      assertThat(SimulatedCredentials.tenantOf("hunter", key + "0")).isEmpty();
    }
    assertThat(SimulatedCredentials.tenantOf("hunter", "hunter_")).isEmpty();
    assertThat(SimulatedCredentials.tenantOf("hunter", "")).isEmpty();
  }

  @Test
  void anImpossibleTenantIsRefused() {
    assertThatThrownBy(() -> SimulatedCredentials.of("a#b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a#b");
  }

  private static JsonNode parsed(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
