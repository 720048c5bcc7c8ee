package io.leadloom.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.EndpointId;
import io.leadloom.model.EventType;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.Json;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.testkit.Crashes;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublishEventsHandlerTest {

  private static final String SAMPLE = "notifications/publish-events--a-lead-and-an-approval";
  private static final String URL = "https://hooks.acme.example/";

  @RegisterExtension final Platform platform = new Platform();

  @Test
  void whatChangedIsToldToWhoSubscribed() {
    Scenes.endpoint(platform, Samples.TENANT, "all", URL);
    Scenes.endpoint(platform, Samples.TENANT, "some", URL, EventType.APPROVAL_REQUESTED);
    Scenes.endpoint(platform, Samples.TENANT, "none", URL, EventType.MEETING_BOOKED);
    Scenes.endpoint(platform, Samples.OTHER_TENANT, "others", URL);

    Events.send(new PublishEventsHandler(), SAMPLE);

    assertThat(types("all"))
        .containsExactlyInAnyOrder(EventType.LEAD_STAGE_CHANGED, EventType.APPROVAL_REQUESTED);
    assertThat(types("some")).containsExactly(EventType.APPROVAL_REQUESTED);
    assertThat(types("none")).isEmpty();
    assertThat(
            platform
                .bean(WebhookDeliveries.class)
                .list(Samples.OTHER_TENANT, EndpointId.of("others"), true, null, 10))
        .isEmpty();
    var started = platform.aws().calls("StartExecution");
    assertThat(started).hasSize(3);
    assertThat(started)
        .extracting(call -> call.path("input").asText())
        .contains(
            "{\"deliveryId\":\"%s\",\"run\":1,\"tenantId\":\"acme\"}"
                .formatted(first("some").id()));
    assertThat(first("all").body()).doesNotContain("token");
    // One event has one id, whoever is told.
    assertThat(deliveries("all")).anyMatch(d -> d.event().equals(first("some").event()));
  }

  @Test
  void theBodySaysWhatHappenedInIdsAndCodes() {
    Scenes.endpoint(platform, Samples.TENANT, "all", URL, EventType.LEAD_STAGE_CHANGED);
    Events.send(new PublishEventsHandler(), SAMPLE);
    assertThat(Json.read(first("all").body(), JsonNode.class))
        .isEqualTo(
            Json.read(
                """
                {"type": "lead.stage_changed", "timestamp": "2026-03-02T15:00:00Z",
                 "data": {"leadId": "lead-1", "campaignId": "default", "stage": "awaiting_approval",
                          "previousStage": "qualified", "score": 72, "tier": "warm"}}
                """,
                JsonNode.class));
  }

  @Test
  void theSameChangeAgainIsTheSameEvent() {
    Scenes.endpoint(platform, Samples.TENANT, "all", URL);
    Events.send(new PublishEventsHandler(), SAMPLE);
    var once = deliveries("all");
    Events.send(new PublishEventsHandler(), SAMPLE);
    assertThat(deliveries("all")).isEqualTo(once).hasSize(2);
    assertThat(platform.aws().calls("StartExecution").stream().map(c -> c.path("name").asText()))
        .hasSize(4)
        .hasSameElementsAs(once.stream().map(d -> d.id() + "-1").toList());
  }

  @Test
  void whatHappensWhileAnEndpointIsOffIsKeptAndNotSent() {
    var endpoint = Scenes.endpoint(platform, Samples.TENANT, "off", URL);
    platform
        .bean(WebhookEndpoints.class)
        .replace(
            Samples.TENANT,
            endpoint.in(WebhookEndpoint.State.DISABLED, platform.clock().instant()),
            Scenes.entry(platform, "off"));
    Events.send(new PublishEventsHandler(), SAMPLE);
    assertThat(deliveries("off"))
        .hasSize(2)
        .allMatch(d -> d.status() == WebhookDelivery.Status.HELD);
    assertThat(platform.aws().calls("StartExecution")).isEmpty();
  }

  @Test
  void dyingAnywhereLosesNoEventAndDoublesNone() {
    Crashes.on(platform)
        .everywhere(
            () -> {
              Scenes.endpoint(platform, Samples.TENANT, "one", URL);
              Scenes.endpoint(platform, Samples.TENANT, "two", URL);
            },
            () -> Events.send(new PublishEventsHandler(), SAMPLE));
  }

  private List<EventType> types(String endpoint) {
    return deliveries(endpoint).stream().map(WebhookDelivery::type).toList();
  }

  private WebhookDelivery first(String endpoint) {
    return deliveries(endpoint).getFirst();
  }

  private List<WebhookDelivery> deliveries(String endpoint) {
    return platform
        .bean(WebhookDeliveries.class)
        .list(Samples.TENANT, EndpointId.of(endpoint), false, null, 10);
  }
}
