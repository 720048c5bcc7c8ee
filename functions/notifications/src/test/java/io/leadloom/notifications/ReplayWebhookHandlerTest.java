package io.leadloom.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.model.WebhookDelivery.Status;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookReplayLinks;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayWebhookHandlerTest {

  @RegisterExtension final Platform platform = new Platform();

  private void heldDelivery() {
    var endpoint = Scenes.endpoint(platform, Samples.TENANT, "e", "https://hooks.acme.example/");
    Scenes.delivery(platform, Samples.TENANT, endpoint);
    var deliveries = platform.bean(WebhookDeliveries.class);
    var delivery = deliveries.get(Samples.TENANT, Scenes.DELIVERY);
    deliveries.replace(Samples.TENANT, delivery.held(platform.clock().instant()));
  }

  @Test
  void aFormOfThePageReplays() {
    heldDelivery();
    var answer = post(token());
    assertThat(answer.path("statusCode").asInt()).isEqualTo(303);
    assertThat(answer.at("/headers/location").asText()).isEqualTo("/webhooks?tenant=acme");
    var delivery = platform.bean(WebhookDeliveries.class).get(Samples.TENANT, Scenes.DELIVERY);
    assertThat(delivery.status()).isEqualTo(Status.UNDER_WAY);
    assertThat(delivery.run()).isEqualTo(2);
  }

  @Test
  void withoutThePagesTokenNothingIsReplayed() {
    heldDelivery();
    var token = token();
    assertThat(post("").path("statusCode").asInt()).isEqualTo(403);
    assertThat(post(token.substring(1)).path("statusCode").asInt()).isEqualTo(403);
    platform.clock().advance(Duration.ofHours(2));
    assertThat(post(token).path("statusCode").asInt()).isEqualTo(403);
    assertThat(platform.aws().calls("StartExecution")).isEmpty();
  }

  @Test
  void dyingAnywhereReplaysOnce() {
    Crashes.on(platform)
        .everywhere(this::heldDelivery, () -> post(token()).path("statusCode").asInt());
  }

  private String token() {
    var path = platform.bean(WebhookReplayLinks.class).of(Samples.TENANT, Scenes.DELIVERY);
    return path.substring(path.indexOf("t=") + 2);
  }

  private JsonNode post(String token) {
    var event = (ObjectNode) Events.read("notifications/replay-webhook--from-the-console");
    event.put("rawQueryString", "t=" + token);
    return Events.send(new ReplayWebhookHandler(), event);
  }
}
