package io.leadloom.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.AuditEntry;
import io.leadloom.model.DeliveryId;
import io.leadloom.model.Role;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookEndpoint;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksApiTest {

  private static final String NEW =
      "{\"url\":\"http://127.0.0.1:9/hooks\",\"types\":[\"lead.created\",\"meeting.booked\"]}";

  @RegisterExtension final Platform platform = new Platform();

  private ApiClient admin;
  private ApiClient stranger;

  @BeforeEach
  void start() {
    platform.setting("WEBHOOK_TARGETS", "local");
    platform.bean(Tenants.class).create(Samples.tenant());
    var handler = new ApiHandler();
    admin = ApiClient.of(handler, Samples.TENANT, Role.ADMIN);
    stranger = ApiClient.of(handler, Samples.OTHER_TENANT, Role.OWNER);
  }

  @Test
  void anEndpointIsMadeChangedAndForgotten() {
    var made = admin.post("/v1/webhook-endpoints", "k", NEW);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.text()).contains("lead.created").doesNotContain("whsec_");
    assertThat(admin.post("/v1/webhook-endpoints", "k", NEW).text()).isEqualTo(made.text());
    assertThat(endpoints(admin)).hasSize(1);

    var path = made.header("location");
    var off =
        admin.change(
            "PATCH",
            path,
            made.header("etag"),
            "{\"types\":[],\"description\":\"CRM\",\"enabled\":false}");
    assertThat(off.status()).as(off.text()).isEqualTo(200);
    assertThat(off.body().path("state").asText()).isEqualTo("disabled");
    assertThat(off.body().path("types")).isEmpty();
    assertThat(admin.change("PATCH", path, made.header("etag"), "{}").status()).isEqualTo(412);
    var on = admin.change("PATCH", path, off.header("etag"), "{\"enabled\":true}");
    assertThat(on.body().path("state").asText()).isEqualTo("enabled");
    assertThat(on.body().path("description").asText()).isEqualTo("CRM");

    assertThat(admin.change("DELETE", path, on.header("etag"), null).status()).isEqualTo(204);
    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(endpoints(admin)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://[fd00:ec2::254]/",
        "https://user@127.0.0.1/",
        "not a url"
      })
  void urlsThatLeadIntoOurNetworkAreRefused(String url) {
    var answer = admin.post("/v1/webhook-endpoints", "{\"url\":\"" + url + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.body().path("code").asText()).isEqualTo("webhook-endpoint.url");
    var path = create();
    assertThat(admin.change("PATCH", path, "*", "{\"url\":\"" + url + "\"}").status())
        .isEqualTo(422);
  }

  @Test
  void thisMachineIsRefusedUnlessTheStackIsLocal() {
    platform.setting("WEBHOOK_TARGETS", "public");
    var cloud = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.ADMIN);
    assertThat(cloud.post("/v1/webhook-endpoints", NEW).status()).isEqualTo(422);
  }

  @Test
  void aTypeThatDoesNotExistIsRefused() {
    var answer =
        admin.post(
            "/v1/webhook-endpoints",
            "{\"url\":\"http://127.0.0.1:9/\",\"types\":[\"lead.vanished\"]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("/types/0");
  }

  @Test
  void theSecretIsShownAtItsPathAndRotatedOnce() {
    var path = create();
    var before = admin.get(path + "/secret").body().path("secret").asText();
    assertThat(before).startsWith("whsec_").hasSizeGreaterThan(40);
    assertThat(admin.get(path + "/secret").body().path("secret").asText()).isEqualTo(before);

    var rotated = admin.post(path + "/secret-rotation", "r", null);
    assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
    assertThat(rotated.text()).doesNotContain("whsec_");
    admin.post(path + "/secret-rotation", "r", null);
    var shown = admin.get(path + "/secret").body();
    assertThat(shown.path("secret").asText()).isNotEqualTo(before);
    assertThat(shown.path("previousUntil").asText())
        .isEqualTo(platform.clock().instant().plus(Duration.ofHours(24)).toString());
  }

  @Test
  void aTestEventAndAReplayStartADelivery() {
    var path = create();
    var sent = admin.post(path + "/test-event", "t", null);
    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    assertThat(admin.post(path + "/test-event", "t", null).text()).isEqualTo(sent.text());
    var delivery = sent.header("location");
    assertThat(admin.get(delivery).body().path("type").asText()).isEqualTo("webhook.test");
    var id = sent.body().path("id").asText();
    assertThat(started()).containsExactly(id + "-1");

    // One that is under way goes on.
    assertThat(admin.post(delivery + "/replay", null).body().path("run").asInt()).isEqualTo(1);
    fail(id);
    var replayed = admin.post(delivery + "/replay", null);
    assertThat(replayed.status()).as(replayed.text()).isEqualTo(202);
    assertThat(replayed.body().path("run").asInt()).isEqualTo(2);
    assertThat(started()).endsWith(id + "-2");
  }

  @Test
  void allThatFailedSinceAMomentIsReplayed() {
    var path = create();
    for (var i = 0; i < 3; i++) {
      var id = admin.post(path + "/test-event", null).body().path("id").asText();
      platform.clock().advance(Duration.ofHours(1));
      if (i > 0) {
        fail(id);
      }
    }
    var since = platform.clock().instant().minus(Duration.ofMinutes(90));
    var listed = admin.get(path + "/deliveries?status=failed").body();
    assertThat(listed.path("deliveries")).hasSize(2);
    var answer = admin.post(path + "/replays", "{\"since\":\"" + since + "\"}");
    assertThat(answer.text()).isEqualTo("{\"more\":false,\"replayed\":1}");
    assertThat(admin.get(path + "/deliveries?status=failed").body().path("deliveries")).hasSize(1);
    assertThat(admin.get(path + "/deliveries?limit=2").body().path("next").asText()).isNotEmpty();
  }

  @Test
  void whoIsSwitchedOffGetsNoReplay() {
    var path = create();
    var delivery = admin.post(path + "/test-event", null).header("location");
    admin.change("PATCH", path, "*", "{\"enabled\":false}");
    assertThat(admin.post(delivery + "/replay", null).status()).isEqualTo(409);
    assertThat(admin.post(path + "/test-event", null).status()).isEqualTo(409);
    assertThat(admin.post(path + "/replays", "{\"since\":\"2026-01-01T00:00:00Z\"}").status())
        .isEqualTo(409);
  }

  @Test
  void whatWeSwitchedOffSaysWhyUntilItIsSwitchedOn() {
    var path = create();
    var endpoints = platform.bean(WebhookEndpoints.class);
    var endpoint = endpoints.list(Samples.TENANT).getFirst();
    var now = platform.clock().instant();
    endpoints.replace(
        Samples.TENANT,
        endpoint.in(WebhookEndpoint.State.GONE, now),
        new AuditEntry(now, "step:deliver-event", "x", "y", "z"));
    assertThat(admin.get(path).body().path("state").asText()).isEqualTo("gone");
    admin.change("PATCH", path, "*", "{\"enabled\":false}");
    assertThat(admin.get(path).body().path("state").asText()).isEqualTo("gone");
    admin.change("PATCH", path, "*", "{\"enabled\":true}");
    assertThat(admin.get(path).body().path("state").asText()).isEqualTo("enabled");
  }

  @Test
  void anotherTenantFindsNothing() {
    var path = create();
    var delivery = admin.post(path + "/test-event", null).header("location");
    for (var target : List.of(path, path + "/secret", path + "/deliveries", delivery)) {
      assertThat(stranger.get(target).status()).as(target).isEqualTo(404);
    }
    assertThat(endpoints(stranger)).isEmpty();
    assertThat(stranger.post(path + "/test-event", null).status()).isEqualTo(404);
    assertThat(stranger.post(delivery + "/replay", null).status()).isEqualTo(404);
    assertThat(stranger.change("DELETE", path, "*", null).status()).isEqualTo(404);
    var member = ApiClient.of(new ApiHandler(), Samples.TENANT, Role.MEMBER);
    assertThat(member.get(path + "/secret").status()).isEqualTo(403);
  }

  @Test
  void thereIsAnEndOfEndpoints() {
    for (var i = 0; i < 20; i++) {
      create();
    }
    assertThat(admin.post("/v1/webhook-endpoints", NEW).status()).isEqualTo(422);
  }

  private String create() {
    return admin.post("/v1/webhook-endpoints", NEW).header("location");
  }

  private void fail(String id) {
    var deliveries = platform.bean(WebhookDeliveries.class);
    var delivery = deliveries.get(Samples.TENANT, DeliveryId.of(id));
    var now = platform.clock().instant();
    deliveries.replace(
        Samples.TENANT,
        delivery.attempted(
            new WebhookDelivery.Attempt(1, 10, now, 500, "status.500", null, 12),
            WebhookDelivery.Status.FAILED,
            null,
            now));
  }

  private List<String> started() {
    return platform.aws().calls("StartExecution").stream()
        .map(call -> call.path("name").asText())
        .distinct()
        .toList();
  }

  private static JsonNode endpoints(ApiClient client) {
    return client.get("/v1/webhook-endpoints").body().path("endpoints");
  }
}
