package io.leadloom.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Tenant;
import io.leadloom.platform.Inbox;
import io.leadloom.platform.Json;
import io.leadloom.platform.Tenants;
import io.leadloom.simulators.SimulatedCredentials;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveWebhookHandlerTest {

  private static final SimulatedCredentials CREDENTIALS =
      SimulatedCredentials.of(Samples.TENANT.value());
  private static final String SECRET = CREDENTIALS.resend().webhookSecret();
  private static final String ID = "msg_1";

  @RegisterExtension final Platform platform = new Platform();

  private String delivered = "";
  private String reply = "";

  @BeforeEach
  void tenants() {
    platform.bean(Tenants.class).create(Samples.tenant());
    platform.bean(Tenants.class).create(other());
    platform.credentials(Samples.TENANT, CREDENTIALS.toJson());
    platform.credentials(
        Samples.OTHER_TENANT, SimulatedCredentials.of(Samples.OTHER_TENANT.value()).toJson());
    delivered = Json.write(Events.read("webhooks/receive-webhook--resend-delivered"));
    reply = Json.write(Events.read("webhooks/receive-webhook--postmark-reply"));
  }

  @Test
  void aGenuineEventIsStoredAndQueuedOnce() {
    assertThat(resend(signed())).isEqualTo(200);
    var queued = queued().getFirst();
    assertThat(queued.path("provider").asText()).isEqualTo("resend");
    var event = platform.bean(Inbox.class).find("resend", queued.path("eventId").asText());
    assertThat(event)
        .hasValueSatisfying(stored -> {
          assertThat(stored.tenant()).isEqualTo(Samples.TENANT);
          assertThat(stored.body()).isEqualTo(delivered);
        });
  }

  @Test
  void aProcessedEventThatComesAgainChangesNothing() {
    resend(signed());
    platform.bean(Inbox.class).processed("resend", queued().getFirst().path("eventId").asText());
    assertThat(resend(signed())).isEqualTo(200);
    assertThat(queued()).hasSize(1);
  }

  @Test
  void anEventThatWasStoredButNotProcessedIsQueuedAgain() {
    platform.aws().fail("SendMessage", "ServiceUnavailable");
    assertThat(resend(signed())).as("so that the provider repeats it").isEqualTo(503);
    platform.aws().recover("SendMessage");
    assertThat(resend(signed())).isEqualTo(200);
    assertThat(queued().getLast().path("provider").asText()).isEqualTo("resend");
  }

  @Test
  void forgedEventsChangeNothing() {
    var wrong = signed();
    wrong.put("Svix-Signature", "v1,AAAA");
    assertRefused(resend(wrong));
    var missing = signed();
    missing.remove("Svix-Signature");
    assertRefused(resend(missing));
    assertRefused(resend(Map.of()));
    var otherBody = signed();
    assertRefused(
        status(Calls.call("resend", "acme", otherBody, delivered.replace("delivered", "bounced"))));
  }

  @Test
  void oldEventsChangeNothing() {
    var headers = signed();
    platform.clock().advance(Duration.ofSeconds(301));
    assertRefused(resend(headers));
  }

  @Test
  void anotherTenantsPathIsRefused() {
    assertRefused(status(Calls.call("resend", "globex", signed(), delivered)));
    var acme = CREDENTIALS.postmark();
    assertRefused(
        status(Calls.call("postmark", "globex", Calls.basic(acme.user(), acme.password()), reply)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "", "..", "acme#x", "ACME"})
  void noTenantNoWebhook(String tenant) {
    assertRefused(status(Calls.call("resend", tenant, signed(), delivered)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"resend\":{\"apiKey\":\"re_1\"},\"postmark\":{}}",
        "{\"resend\":{\"webhookSecret\":\"\"},\"postmark\":{\"user\":\"\",\"password\":\"\"}}",
        "{\"resend\":{\"webhookSecret\":[]}}"
      })
  void withoutASecretEverythingIsRefused(String credentials) {
    platform.credentials(Samples.TENANT, credentials);
    assertRefused(resend(signed()));
    assertRefused(status(Calls.call("postmark", "acme", Calls.basic("", ""), reply)));
    assertRefused(status(Calls.call("postmark", "acme", Map.of(), reply)));
  }

  @Test
  void duringAnExchangeBothSecretsCount() {
    platform.credentials(
        Samples.TENANT,
        Json.write(
            Map.of(
                "resend",
                Map.of("webhookSecret", List.of("whsec_bmV3IHNlY3JldCBuZXcgc2VjcmV0", SECRET)))));
    assertThat(resend(signed())).isEqualTo(200);
  }

  @Test
  void anInboundMailNeedsUserAndPassword() {
    var known = CREDENTIALS.postmark();
    assertRefused(
        status(Calls.call("postmark", "acme", Calls.basic(known.user(), "wrong"), reply)));
    assertRefused(
        status(Calls.call("postmark", "acme", Map.of("Authorization", "Basic %%%"), reply)));
    var genuine = Calls.basic(known.user(), known.password());
    assertThat(status(Calls.call("postmark", "acme", genuine, reply))).isEqualTo(200);
    assertThat(status(Calls.call("postmark", "acme", genuine, reply))).isEqualTo(200);
    assertThat(queued().stream().map(m -> m.path("eventId").asText()).distinct()).hasSize(1);
  }

  @Test
  void aGenuineCallThatMakesNoSenseIsToldSo() {
    var headers = Calls.signed(SECRET, ID, platform.clock().instant(), "no json");
    assertThat(status(Calls.call("resend", "acme", headers, "no json"))).isEqualTo(400);
    assertThat(queued()).isEmpty();
  }

  @Test
  void anUnknownProviderIsNotFound() {
    assertThat(status(Calls.call("elsewhere", "acme", signed(), delivered))).isEqualTo(404);
  }

  @Test
  void aCrashAnywhereChangesNothing() {
    Crashes.on(platform).everywhere(this::tenants, () -> resend(signed()));
  }

  private Map<String, String> signed() {
    return Calls.signed(SECRET, ID, platform.clock().instant(), delivered);
  }

  private int resend(Map<String, String> headers) {
    return status(Calls.call("resend", "acme", headers, delivered));
  }

  private static int status(JsonNode call) {
    return Events.send(new ReceiveWebhookHandler(), call).path("statusCode").asInt();
  }

  private void assertRefused(int status) {
    assertThat(status).isEqualTo(401);
    assertThat(queued()).isEmpty();
  }

  private List<JsonNode> queued() {
    return platform.aws().calls("SendMessage").stream()
        .map(call -> Json.tree(call.path("MessageBody").asText().getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static Tenant other() {
    var t = Samples.tenant();
    return new Tenant(
        Samples.OTHER_TENANT,
        "Globex",
        t.pack(),
        t.mode(),
        null,
        List.of(),
        t.sender(),
        t.subscription(),
        null,
        0);
  }
}
