package io.leadloom.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import io.leadloom.model.EndpointId;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookDelivery.Status;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import io.leadloom.testkit.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverEventHandlerTest {

  private static final String SAMPLE = "notifications/deliver-event--first-attempt";
  private static final EndpointId ENDPOINT = EndpointId.of("endpoint-1");

  @RegisterExtension final Platform platform = new Platform();

  private final WebhookReceiver receiver = new WebhookReceiver();

  @BeforeEach
  void localTargets() {
    scene();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private void scene() {
    platform.setting("WEBHOOK_TARGETS", "local");
    var endpoint = Scenes.endpoint(platform, Samples.TENANT, ENDPOINT.value(), receiver.url());
    Scenes.delivery(platform, Samples.TENANT, endpoint);
    receiver.answer(204);
  }

  @Test
  void anEventIsDeliveredWithASignatureOverTheBytesSent() throws Exception {
    assertThat(attempt(1)).isEqualTo("DELIVERED");

    var webhook = receiver.received().getFirst();
    assertThat(webhook.id()).isEqualTo("event-1");
    assertThat(webhook.header("webhook-timestamp"))
        .isEqualTo(Long.toString(TestClock.START.getEpochSecond()));
    assertThat(webhook.header("content-type")).startsWith("application/json");
    assertThat(webhook.header("webhook-signature")).isEqualTo(signature(webhook, 0));
    assertThat(delivery().status()).isEqualTo(Status.DELIVERED);
    assertThat(delivery().attempts()).singleElement().extracting("status").isEqualTo(204);
  }

  @Test
  void afterARotationBothSecretsSignForADay() throws Exception {
    var endpoints = platform.bean(WebhookEndpoints.class);
    var before = secret();
    var now = platform.clock().instant();
    endpoints.replace(
        Samples.TENANT,
        endpoint().rotated("request-1", now.plus(Duration.ofHours(24)), now),
        Scenes.entry(platform, "e"));
    // A repetition of the same request changes nothing.
    assertThat(endpoint().rotated("request-1", now.plus(Duration.ofHours(48)), now))
        .isEqualTo(endpoint());
    assertThat(secret()).isNotEqualTo(before);

    receiver.answer(500);
    attempt(1);
    var webhook = receiver.received().getLast();
    assertThat(webhook.header("webhook-signature"))
        .isEqualTo(signature(webhook, 0) + " " + signature(webhook, 1));

    platform.clock().advance(Duration.ofHours(24));
    attempt(2);
    webhook = receiver.received().getLast();
    assertThat(webhook.header("webhook-signature")).isEqualTo(signature(webhook, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404, 429, 500, 503})
  void whatFailsIsTriedAgain(int status) {
    receiver.answer(status);
    assertThat(attempt(1)).isEqualTo("AGAIN");
    assertThat(delivery().status()).isEqualTo(Status.UNDER_WAY);
    assertThat(delivery().nextAt())
        .isBetween(TestClock.START.plusSeconds(4), TestClock.START.plusSeconds(6));
    assertThat(delivery().attempts().getLast().problem()).isEqualTo("status." + status);
  }

  @Test
  void whoAsksToBeLeftAloneIsHeeded() {
    receiver.answer(429, "Retry-After", "3600");
    assertThat(attempt(1)).isEqualTo("AGAIN");
    assertThat(delivery().nextAt()).isEqualTo(TestClock.START.plusSeconds(3600));
  }

  @Test
  void anAttemptThatWasMadeIsNotMadeAgain() {
    receiver.answer(500);
    attempt(1);
    assertThat(attempt(1)).isEqualTo("AGAIN");
    assertThat(receiver.received()).hasSize(1);
    receiver.answer(204);
    assertThat(attempt(2)).isEqualTo("DELIVERED");
    assertThat(attempt(2)).isEqualTo("DELIVERED");
    assertThat(receiver.received()).hasSize(2);
  }

  @Test
  void theSameBytesAndIdAreSentEachTime() {
    receiver.answer(500);
    attempt(1);
    platform.clock().advance(Duration.ofSeconds(5));
    attempt(2);
    assertThat(receiver.received())
        .extracting(w -> new String(w.body(), StandardCharsets.UTF_8) + w.id())
        .containsOnly("{\"type\":\"lead.created\"}event-1")
        .hasSize(2);
    assertThat(receiver.received())
        .extracting(w -> w.header("webhook-timestamp"))
        .doesNotHaveDuplicates();
  }

  @Test
  void whoIsGoneIsSwitchedOffAtOnce() {
    receiver.answer(410);
    assertThat(attempt(1)).isEqualTo("FAILED");
    assertThat(delivery().status()).isEqualTo(Status.FAILED);
    assertThat(endpoint().state()).isEqualTo(WebhookEndpoint.State.GONE);
  }

  @Test
  void whoFailsTenTimesAndTakesNothingElseIsSwitchedOff() {
    platform.clock().advance(Duration.ofMinutes(1));
    assertThat(allAttempts()).containsOnly("AGAIN", "FAILED").hasSize(10);
    assertThat(endpoint().state()).isEqualTo(WebhookEndpoint.State.FAILING);
    assertThat(receiver.received()).hasSize(10);
  }

  @Test
  void oneEventThatCannotBeDigestedDoesNotCutTheEndpointOff() {
    platform.clock().advance(Duration.ofMinutes(1));
    receiver.answer(500);
    attempt(1);
    platform.clock().advance(Duration.ofMinutes(1));
    // Another event arrives meanwhile.
    var other =
        WebhookDelivery.of(
            "event-2",
            io.leadloom.model.EventType.LEAD_CREATED,
            "{}",
            endpoint(),
            platform.clock().instant());
    platform.bean(WebhookDeliveries.class).add(Samples.TENANT, other);
    receiver.answer(204);
    platform.bean(DeliverEvent.class).run(Samples.TENANT, other.id(), 1, 1);
    receiver.answer(500);
    for (var number = 2; number <= 10; number++) {
      platform.clock().set(next());
      attempt(number);
    }
    assertThat(delivery().status()).isEqualTo(Status.FAILED);
    assertThat(endpoint().enabled()).isTrue();
  }

  @Test
  void whatAnEndpointMissesWhileItIsOffIsKept() {
    var endpoints = platform.bean(WebhookEndpoints.class);
    endpoints.replace(
        Samples.TENANT,
        endpoint().in(WebhookEndpoint.State.DISABLED, TestClock.START),
        Scenes.entry(platform, "e"));
    assertThat(attempt(1)).isEqualTo("HELD");
    assertThat(receiver.received()).isEmpty();

    endpoints.replace(
        Samples.TENANT,
        endpoint().in(WebhookEndpoint.State.ENABLED, TestClock.START),
        Scenes.entry(platform, "e"));
    platform
        .bean(ReplayDelivery.class)
        .failedSince(Samples.TENANT, "user:robin", endpoint(), TestClock.START, 100);
    assertThat(platform.aws().calls("StartExecution"))
        .singleElement()
        .satisfies(call -> assertThat(call.path("name").asText()).isEqualTo("delivery-1-2"));
    // The first run, should it still be about, does nothing any more.
    assertThat(attempt(1)).isEqualTo("HELD");
    assertThat(attempt(2, 1)).isEqualTo("DELIVERED");
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void anEndpointThatWasDeletedIsToldNothing() {
    platform
        .bean(WebhookEndpoints.class)
        .delete(Samples.TENANT, ENDPOINT, Scenes.entry(platform, "e"));
    assertThat(attempt(1)).isEqualTo("HELD");
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void anotherTenantReachesNothing() {
    var outcome =
        platform.bean(DeliverEvent.class).run(Samples.OTHER_TENANT, Scenes.DELIVERY, 1, 1);
    assertThat(outcome).isEqualTo(new DeliverEvent.Outcome.Ended(Status.HELD));
    assertThat(receiver.received()).isEmpty();
    assertThat(secret())
        .isNotEqualTo(
            platform.bean(EndpointSecrets.class).of(Samples.OTHER_TENANT, endpoint()).text());
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 500, 410})
  void dyingAnywhereChangesNothing(int status) {
    Crashes.on(platform)
        .everywhere(
            () -> {
              scene();
              receiver.answer(status);
            },
            () -> {
              platform.setting("WEBHOOK_TARGETS", "local");
              return attempt(1);
            });
  }

  private ArrayList<String> allAttempts() {
    receiver.answer(500);
    var outcomes = new ArrayList<String>();
    for (var number = 1; number <= 10; number++) {
      outcomes.add(attempt(number));
      if (delivery().nextAt() != null) {
        platform.clock().set(next());
      }
    }
    return outcomes;
  }

  private Instant next() {
    return java.util.Objects.requireNonNull(delivery().nextAt());
  }

  private String attempt(int number) {
    return attempt(1, number);
  }

  private String attempt(int run, int number) {
    var payload = (ObjectNode) Events.read(SAMPLE);
    payload.put("run", run).put("attempt", number);
    return Events.send(new DeliverEventHandler(), payload).path("outcome").asText();
  }

  private WebhookDelivery delivery() {
    return platform.bean(WebhookDeliveries.class).get(Samples.TENANT, Scenes.DELIVERY);
  }

  private WebhookEndpoint endpoint() {
    return platform.bean(WebhookEndpoints.class).get(Samples.TENANT, ENDPOINT);
  }

  private String secret() {
    return platform.bean(EndpointSecrets.class).of(Samples.TENANT, endpoint()).text();
  }

  /** What the receivers' library says the signature must be, with the secret so many ago. */
  private String signature(WebhookReceiver.Webhook webhook, int ago) throws Exception {
    var now = platform.clock().instant();
    var endpoint = endpoint();
    var secret =
        ago == 0
            ? platform.bean(EndpointSecrets.class).of(Samples.TENANT, endpoint)
            : platform.bean(EndpointSecrets.class).signing(Samples.TENANT, endpoint, now).get(ago);
    return new Webhook(secret.text())
        .sign(
            webhook.id(),
            Long.parseLong(java.util.Objects.requireNonNull(webhook.header("webhook-timestamp"))),
            new String(webhook.body(), StandardCharsets.UTF_8));
  }
}
