package io.leadloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import de.siegmar.fastcsv.reader.CsvReader;
import io.leadloom.clock.StackClock;
import io.leadloom.model.EndpointId;
import io.leadloom.model.Lead;
import io.leadloom.model.Role;
import io.leadloom.model.Stage;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.WebhookDelivery;
import io.leadloom.model.WebhookDelivery.Status;
import io.leadloom.model.WebhookEndpoint.State;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.WebhookDeliveries;
import io.leadloom.platform.WebhookEndpoints;
import io.leadloom.platform.Wiring;
import io.leadloom.testkit.WebhookReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant's own systems are told what happens, by the whole stack, over days of its time. */
class WebhooksOutE2ET {

  private static final TenantId TENANT = TenantId.of("acme");
  private static final TenantId OTHER = TenantId.of("globex");
  private static final Duration FEWEST = Duration.ofHours(71);
  private static final Duration MOST = Duration.ofHours(81);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Instant START = Instant.parse("2026-03-02T15:00:00Z");

  @TempDir private Path folder;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void home() {
    System.setProperty("leadloom.home", Command.home().toString());
  }

  @Test
  void eachReceiverIsToldAsItAnswers() throws Exception {
    try (var good = new WebhookReceiver();
        var failing = new WebhookReceiver();
        var gone = new WebhookReceiver();
        var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        // From here on time passes only where the test lets it.
        var hold = clock.hold();
        var stack = LocalLeadloom.start(folder.resolve("data"), 0, 0, clock, 7)) {
      failing.answer(500);
      gone.answer(410);
      LocalTenants.ensure(TENANT, "fire-safety", Tenant.Mode.AUTOPILOT);
      LocalTenants.ensure(OTHER, "fire-safety", Tenant.Mode.AUTOPILOT);
      var token = LocalTokens.of(stack.issuer(), TENANT, Role.ADMIN);
      var goodId = endpoint(stack.api(), token, good);
      var failingId = endpoint(stack.api(), token, failing);
      var goneId = endpoint(stack.api(), token, gone);
      var secret =
          call(stack.api(), token, "GET", "/v1/webhook-endpoints/" + goodId + "/secret", null)
              .path("secret")
              .asText();
      call(stack.api(), token, "POST", "/v1/imports", rows(6));
      // What happens to others is nobody's business here.
      var others = LocalTokens.of(stack.issuer(), OTHER, Role.ADMIN);
      call(stack.api(), others, "POST", "/v1/imports", rows(2));

      pass(stack, hold, () -> state(failingId) == State.FAILING);

      var told = good.received();
      assertThat(told).extracting(WebhookReceiver.Webhook::id).doesNotHaveDuplicates();
      for (var webhook : told) {
        assertThat(webhook.header("webhook-signature")).isEqualTo(signature(secret, webhook));
        assertThat(webhook.json().toString()).doesNotContain("Token", "globex");
      }
      var leads = leads();
      assertThat(leads).isNotEmpty();
      assertThat(clock.instant()).isBetween(START.plus(FEWEST), START.plus(MOST));
      assertThat(of("lead.created", told))
          .extracting(w -> w.json().at("/data/leadId").asText())
          .containsExactlyInAnyOrderElementsOf(leads.stream().map(l -> l.id().value()).toList());
      assertThat(of("message.sent", told)).isNotEmpty();
      assertThat(of("approval.decided", told)).isNotEmpty();
      for (var lead : leads) {
        var stages =
            of("lead.stage_changed", told).stream()
                .filter(w -> w.json().at("/data/leadId").asText().equals(lead.id().value()))
                .map(w -> w.json().at("/data/stage").asText())
                .toList();
        assertThat(stages).contains(lead.stage().name().toLowerCase(Locale.ROOT));
      }
      assertThat(deliveries(goodId))
          .hasSameSizeAs(told)
          .allMatch(delivery -> delivery.status() == Status.DELIVERED);

      var first =
          deliveries(failingId).stream()
              .filter(delivery -> delivery.status() == Status.FAILED)
              .findFirst()
              .orElseThrow();
      assertThat(first.attempts()).hasSize(10);
      assertThat(
              Duration.between(first.attempts().getFirst().at(), first.attempts().getLast().at()))
          .isBetween(FEWEST, MOST);
      assertThat(failing.received().stream().filter(w -> w.id().equals(first.event()))).hasSize(10);

      assertThat(state(goneId)).isEqualTo(State.GONE);
      assertThat(deliveries(goneId)).hasSameSizeAs(told);

      replays(stack, hold, failing, failingId);
    }
  }

  private void replays(
      LocalLeadloom stack, StackClock.Hold hold, WebhookReceiver failing, String id)
      throws Exception {
    var before = failing.received().size();
    failing.answer(200);
    var token = LocalTokens.of(stack.issuer(), TENANT, Role.ADMIN);
    var path = "/v1/webhook-endpoints/" + id;
    call(stack.api(), token, "PATCH", path, "{\"enabled\":true}");
    var missed = deliveries(id).size();
    var replayed = 0;
    JsonNode answer;
    do {
      answer = call(stack.api(), token, "POST", path + "/replays", "{\"since\":\"" + START + "\"}");
      replayed += answer.path("replayed").asInt();
    } while (answer.path("more").asBoolean());
    // Those of which an attempt is still due need no replay.
    assertThat(replayed).isBetween(1, missed);
    pass(stack, hold, () -> deliveries(id).stream().allMatch(d -> d.status() == Status.DELIVERED));
    assertThat(failing.received()).hasSize(before + deliveries(id).size());
  }

  @Test
  void aDeliveryOutlivesAKillAndKeepsItsId() throws Exception {
    var data = folder.resolve("killed");
    try (var receiver = new WebhookReceiver()) {
      receiver.answer(503);
      String token;
      String delivery;
      String port;
      try (var stack = UpStack.start(folder, data)) {
        port = stack.port();
        Command.run(folder, "tenant", "add", "acme", "--data", data.toString());
        token =
            Command.run(
                    folder,
                    "token",
                    "--tenant",
                    "acme",
                    "--role",
                    "admin",
                    "--data",
                    data.toString())
                .strip();
        var id = endpoint(stack.api(), token, receiver);
        delivery =
            call(stack.api(), token, "POST", "/v1/webhook-endpoints/" + id + "/test-event", null)
                .path("id")
                .asText();
        UpStack.await("it was tried", () -> !receiver.received().isEmpty());
        stack.command().kill();
      }
      receiver.answer(204);
      try (var stack = UpStack.start(folder, data, "--port", port)) {
        UpStack.await(
            "it is delivered",
            () ->
                call(stack.api(), token, "GET", "/v1/webhook-deliveries/" + delivery, null)
                    .path("status")
                    .asText()
                    .equals("delivered"));
      }
      assertThat(receiver.received())
          .hasSizeGreaterThan(1)
          .extracting(w -> w.id() + new String(w.body(), StandardCharsets.UTF_8))
          .containsOnly(
              receiver.received().getFirst().id()
                  + new String(receiver.received().getFirst().body(), StandardCharsets.UTF_8));
    }
  }

  private String endpoint(URI api, String token, WebhookReceiver receiver) throws Exception {
    return call(api, token, "POST", "/v1/webhook-endpoints", "{\"url\":\"" + receiver.url() + "\"}")
        .path("id")
        .asText();
  }

  private JsonNode call(URI api, String token, String method, String path, @Nullable String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(api.resolve(path))
            .timeout(Duration.ofMinutes(2))
            .header("authorization", "Bearer " + token)
            .header("idempotency-key", UUID.randomUUID().toString())
            .header("if-match", "*");
    if (body != null) {
      request.header("content-type", "application/json");
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isBetween(200, 299);
    return Json.tree(answer.body());
  }

  /** Lets the stack's time pass, from one thing that happens to the next, until it is so. */
  private static void pass(LocalLeadloom stack, StackClock.Hold hold, UpStack.Condition condition)
      throws Exception {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!stack.idle() || !condition.holds()) {
      assertThat(System.nanoTime()).as("it comes to that").isLessThan(deadline);
      if (stack.idle()) {
        hold.step();
      }
      LockSupport.parkNanos(500_000);
    }
  }

  private static String rows(int count) throws IOException {
    var body = Json.mapper().createObjectNode().put("source", "permits");
    var text = String.join("\n", SamplePermits.lines(count));
    try (var records = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (var record : records) {
        var row = body.withArrayProperty("rows").addObject();
        row.put("line", record.getStartingLineNumber());
        row.set("fields", Json.mapper().valueToTree(record.getFieldsAsMap()));
      }
    }
    return body.toString();
  }

  private static List<WebhookReceiver.Webhook> of(
      String type, List<WebhookReceiver.Webhook> webhooks) {
    return webhooks.stream().filter(webhook -> webhook.type().equals(type)).toList();
  }

  private static List<Lead> leads() {
    return Arrays.stream(Stage.values())
        .flatMap(stage -> Wiring.bean(Leads.class).inStage(TENANT, stage, 1_000).stream())
        .toList();
  }

  private static State state(String endpoint) {
    return Wiring.bean(WebhookEndpoints.class).get(TENANT, EndpointId.of(endpoint)).state();
  }

  private static List<WebhookDelivery> deliveries(String endpoint) {
    return Wiring.bean(WebhookDeliveries.class)
        .list(TENANT, EndpointId.of(endpoint), false, null, 10_000);
  }

  private static String signature(String secret, WebhookReceiver.Webhook webhook) throws Exception {
    return new Webhook(secret)
        .sign(
            webhook.id(),
            Long.parseLong(String.valueOf(webhook.header("webhook-timestamp"))),
            new String(webhook.body(), StandardCharsets.UTF_8));
  }
}
