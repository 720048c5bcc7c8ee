package io.leadloom.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.clock.StackClock;
import io.leadloom.model.CampaignId;
import io.leadloom.model.Company;
import io.leadloom.model.DraftId;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadRef;
import io.leadloom.model.PermitRow;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.Story;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.model.text.OptOut;
import io.leadloom.platform.Json;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Links;
import io.leadloom.platform.Permits;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Touches;
import io.leadloom.simulators.SimulatedCredentials;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import io.leadloom.testkit.Events;
import io.leadloom.testkit.Platform;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred simulated prospects react to a message, and everything they do finds its lead. */
class SimulatedProspectsTest {

  private static final int PROSPECTS = 200;
  private static final SimulatedCredentials CREDENTIALS =
      SimulatedCredentials.of(Samples.TENANT.value());

  @RegisterExtension final Platform platform = new Platform();

  @TempDir Path folder;

  private final StackClock clock =
      StackClock.startingAt(TestClock.START, StackClock.AS_FAST_AS_POSSIBLE);
  private HttpServer api;
  private Simulators simulators;

  @BeforeEach
  void start() throws IOException {
    platform.bean(Tenants.class).create(Samples.tenant());
    platform.credentials(Samples.TENANT, CREDENTIALS.toJson());
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/", this::answer);
    api.start();
    var url = URI.create("http://127.0.0.1:" + api.getAddress().getPort());
    simulators = Simulators.start(new SimulatorOptions(folder, 0, clock, 1, url));
  }

  @AfterEach
  void stop() {
    simulators.close();
    api.stop(0);
    clock.close();
  }

  @Test
  void whateverTheyDoFindsItsLead() throws Exception {
    try (var hold = clock.hold();
        var http = HttpClient.newHttpClient()) {
      for (var n = 0; n < PROSPECTS; n++) {
        write(http, lead(n));
      }
    }
    awaitSilence();

    var stories = IntStream.range(0, PROSPECTS).mapToObj(n -> story(lead(n))).toList();
    assertThat(stories)
        .as("each was told about")
        .allSatisfy(story ->
            assertThat(touch(story).status())
                .isIn(Touch.Status.DELIVERED, Touch.Status.BOUNCED, Touch.Status.COMPLAINED));
    for (var kind : List.of(Reply.Kind.MESSAGE, Reply.Kind.BOUNCE, Reply.Kind.COMPLAINT)) {
      assertThat(stories.stream().filter(story -> has(story, kind))).as(kind.name()).isNotEmpty();
    }
    assertThat(stories)
        .allSatisfy(story -> {
          assertThat(story.replies()).hasSizeLessThanOrEqualTo(1);
          var mustStop =
              has(story, Reply.Kind.BOUNCE)
                  || has(story, Reply.Kind.COMPLAINT)
                  || story.replies().stream().anyMatch(SimulatedProspectsTest::optsOut);
          assertThat(
                  platform
                      .bean(Suppressions.class)
                      .match(Samples.TENANT, touch(story).to())
                      .isPresent())
              .isEqualTo(mustStop);
        });
    assertThat(stories.stream().flatMap(story -> story.replies().stream()))
        .filteredOn(reply -> reply.kind() == Reply.Kind.MESSAGE)
        .allSatisfy(reply ->
            assertThat(reply.text()).isNotBlank().doesNotContain("Please answer this message"));
  }

  private static boolean optsOut(Reply reply) {
    var text = reply.text();
    return text != null
        && !reply.headers().containsKey("auto-submitted")
        && OptOut.in(text).isPresent();
  }

  private static boolean has(Story story, Reply.Kind kind) {
    return story.replies().stream().anyMatch(reply -> reply.kind() == kind);
  }

  private static Touch touch(Story story) {
    return story.touches().getFirst();
  }

  private Story story(Lead lead) {
    return platform.bean(Leads.class).story(Samples.TENANT, lead.id());
  }

  /** What outreach does, as far as a webhook can tell. */
  private void write(HttpClient http, Lead lead) throws Exception {
    var row =
        new PermitRow(
            lead.id().value(),
            "hash",
            "austin",
            "FA-1",
            PermitRow.Fate.LEAD,
            "permit.fire-alarm",
            lead.id(),
            "run-1",
            1,
            TestClock.START);
    platform.bean(Permits.class).raise(Samples.TENANT, row, lead, Samples.signal());
    var token = io.leadloom.model.Ids.hash(lead.id().value()).substring(0, 32);
    var touch =
        new Touch(
            TouchId.of("touch-1"),
            lead.id(),
            DraftId.of("draft-1"),
            Purpose.FIRST_TOUCH,
            1,
            "acme-fire.example",
            lead.company().key() + "@firms.example",
            Touch.Status.SENT,
            TestClock.START,
            "<" + token + "@acme-fire.example>",
            null,
            token,
            "resend",
            null,
            TestClock.START,
            null,
            0);
    platform.bean(Touches.class).plan(Samples.TENANT, touch);
    platform
        .bean(Links.class)
        .put("reply-token", token, new LeadRef(Samples.TENANT, lead.id(), touch.id()));
    var body =
        Map.of(
            "from",
            "Dana Reyes <dana@acme-fire.example>",
            "to",
            List.of(touch.to()),
            "reply_to",
            "reply+" + token + "@reply.acme-fire.example",
            "subject",
            "Your fire alarm permit",
            "text",
            "Please answer this message.\n\nTo opt out, answer with the word stop.",
            "headers",
            Map.of("Message-ID", touch.messageId()),
            "tags",
            List.of(
                Map.of("name", "tenant", "value", Samples.TENANT.value()),
                Map.of("name", "lead", "value", lead.id().value()),
                Map.of("name", "touch", "value", touch.id().value())));
    var sent =
        http.send(
            HttpRequest.newBuilder(URI.create(simulators.baseUrl() + "/resend/emails"))
                .header("Authorization", "Bearer " + CREDENTIALS.resend().apiKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
  }

  private static Lead lead(int n) {
    return Lead.raised(
        Samples.TENANT,
        CampaignId.of("default"),
        "fire-safety",
        Company.named("Firm " + n, "firm-" + n, null, "Austin", "TX", "78701"),
        "America/Chicago",
        TestClock.START);
  }

  /** The API and the queue behind it. */
  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      platform.clock().set(clock.instant());
      var path = exchange.getRequestURI().getPath().split("/");
      var headers = new HashMap<String, String>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var seen = platform.aws().calls("SendMessage").size();
      var answer =
          path.length == 4
              ? Events.send(
                  new ReceiveWebhookHandler(), Calls.call(path[2], path[3], headers, body))
              : Json.mapper().createObjectNode().put("statusCode", 200);
      var queued = platform.aws().calls("SendMessage");
      for (var message : queued.subList(seen, queued.size())) {
        var batch =
            Map.of(
                "Records",
                List.of(Map.of("messageId", "m", "body", message.path("MessageBody").asText())));
        assertThat(
                Events.send(new ProcessWebhookHandler(), Json.mapper().valueToTree(batch))
                    .path("batchItemFailures"))
            .isEmpty();
      }
      exchange.sendResponseHeaders(answer.path("statusCode").asInt(), -1);
    }
  }

  private void awaitSilence() {
    var deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (clock.nextDue().isPresent() || clock.busy() || !simulators.idle()) {
      assertThat(Instant.now()).as("prospects go quiet in time").isBefore(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
