package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

  @TempDir Path data;
  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(data);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aScriptedAnswerTakesThePlaceOfTheProviders() throws Exception {
    script(
        """
        {"provider": "resend", "path": "/emails", "after": 1, "times": 2, "status": 503,
         "headers": {"Retry-After": "2"}, "body": {"name": "application_error"}}\
        """);
    var mail = Bench.mail(Bench.addressOf(Act.NOTHING));
    assertThat(bench.send(mail, "a").statusCode()).isEqualTo(200);
    var second = bench.send(mail, "b");
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(second.body()).contains("application_error");
    assertThat(bench.send(mail, "b").statusCode()).isEqualTo(503);
    assertThat(bench.send(mail, "b").statusCode()).isEqualTo(200);
    assertThat(effects()).hasSize(2);
  }

  @Test
  void aDroppedConnectionHidesWhatWasDone() throws Exception {
    script("{\"provider\": \"resend\", \"drop\": true}");
    var mail = Bench.mail(Bench.addressOf(Act.NOTHING));
    assertThatThrownBy(() -> bench.send(mail, "k")).isInstanceOf(UncheckedIOException.class);
    assertThat(effects()).hasSize(1);
    assertThat(bench.send(mail, "k").statusCode()).isEqualTo(200);
    assertThat(effects()).hasSize(1);
  }

  @Test
  void anAnswerCanBeCutInHalf() {
    script("{\"provider\": \"resend\", \"truncate\": true}");
    var answer = bench.send(Bench.mail(Bench.addressOf(Act.NOTHING)), "k");
    assertThat(answer.body()).startsWith("{").doesNotEndWith("}");
  }

  @Test
  void anAnswerCanHoldWhatNobodyKnowsYet() {
    script("{\"provider\": \"resend\", \"extra\": true}");
    var answer = bench.json(bench.send(Bench.mail(Bench.addressOf(Act.NOTHING)), "k"));
    assertThat(answer.has("id")).isTrue();
    assertThat(answer.size()).isEqualTo(2);
  }

  @Test
  void theVendorsRateLimitCanBeSwitchedOn() {
    script("{\"provider\": \"resend\", \"perSecond\": 2}");
    var mail = Bench.mail(Bench.addressOf(Act.NOTHING));
    // A held clock stands still, so all of these come within one second.
    try (var hold = bench.clock.hold()) {
      assertThat(List.of(send(mail, "a"), send(mail, "b"), send(mail, "c")))
          .containsExactly(200, 200, 429);
    }
    bench.exchange(bench.request("/_faults").DELETE());
    assertThat(send(mail, "c")).isEqualTo(200);
  }

  private int send(JsonNode mail, String key) {
    return bench.send(mail, key).statusCode();
  }

  @Test
  void aShareOfTheWebhooksComesTwiceOrLate() {
    var reaction =
        new Reaction(
            "msg_1",
            Instant.EPOCH,
            "resend",
            "email.sent",
            URI.create("http://product.example"),
            "application/json",
            new byte[0],
            new Reaction.Proof.None());
    var faults = new Faults(7);
    faults.disturb(0.1, 0.2);
    var kinds = new EnumMap<WebhookFault, Integer>(WebhookFault.class);
    for (var i = 0; i < 1000; i++) {
      kinds.merge(faults.webhook(reaction), 1, Integer::sum);
    }
    assertThat(kinds.get(WebhookFault.DUPLICATE)).isBetween(70, 130);
    assertThat(kinds.get(WebhookFault.LATE)).isBetween(160, 240);
    faults.clear();
    assertThat(faults.webhook(reaction)).isEqualTo(WebhookFault.NONE);
  }

  @Test
  void webhooksCanComeTwiceLateForgedAndStale() {
    script(
        """
        [{"provider": "resend", "webhook": "late", "type": "email.sent"},
         {"provider": "resend", "webhook": "duplicate", "type": "email.delivered"},
         {"provider": "postmark", "webhook": "bad-signature"}]\
        """);
    var password = SimulatedCredentials.of(Bench.TENANT).postmark();
    bench.product.answers(request -> {
      var authorization = request.headers().getFirst("Authorization");
      return authorization != null && !authorization.equals(basic(password)) ? 401 : 200;
    });
    bench.send(Bench.mail(Bench.addressOf(Act.ASK_FOR_MEETING)), "k");
    bench.settle();
    var events = bench.product.requests("/webhooks/resend");
    assertThat(events)
        .extracting(event -> event.json().path("type").asText())
        .containsExactly("email.delivered", "email.delivered", "email.sent");
    assertThat(events.get(0).headers().getFirst("svix-id"))
        .isEqualTo(events.get(1).headers().getFirst("svix-id"));
    var replies = bench.product.requests("/webhooks/postmark");
    assertThat(replies).hasSize(2);
    assertThat(replies.get(0).headers().getFirst("Authorization")).isNotEqualTo(basic(password));
    assertThat(replies.get(1).headers().getFirst("Authorization")).isEqualTo(basic(password));
    assertThat(replies.get(0).text()).isEqualTo(replies.get(1).text());
  }

  @Test
  void aStaleWebhookIsProperlySignedForAnEarlierTime() {
    script("{\"provider\": \"resend\", \"webhook\": \"stale\", \"type\": \"email.sent\"}");
    bench.send(Bench.mail("ann@approvers.leadloom.example"), "k");
    bench.settle();
    var event = bench.product.requests().getFirst();
    var seconds = Long.parseLong(event.headers().getFirst("svix-timestamp"));
    assertThat(Bench.START.getEpochSecond() - seconds).isBetween(590L, 610L);
    assertThat(event.headers().getFirst("svix-signature"))
        .isEqualTo(
            StandardWebhooks.sign(
                SimulatedCredentials.of(Bench.TENANT).resend().webhookSecret(),
                event.headers().getFirst("svix-id"),
                seconds,
                event.body()));
  }

  @Test
  void aMisspeltFaultIsRefused() {
    assertThat(scripted("{\"provider\": \"resend\", \"stauts\": 500}").statusCode()).isEqualTo(400);
    assertThat(scripted("{\"status\": 500}").statusCode()).isEqualTo(400);
  }

  @Test
  void messagesCanBeListedByRecipient() {
    var address = Bench.addressOf(Act.NOTHING);
    bench.send(Bench.mail(address), "a");
    bench.send(Bench.mail(Bench.addressOf(Act.DECLINE)), "b");
    var messages = bench.json(bench.get("/_messages?recipient=" + address));
    assertThat(messages).hasSize(1);
    assertThat(messages.path(0).path("subject").asText()).isEqualTo("Fire alarm inspection");
  }

  private void script(String json) {
    assertThat(scripted(json).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> scripted(String json) {
    return bench.exchange(bench.request("/_faults").POST(BodyPublishers.ofString(json)));
  }

  private List<String> effects() throws Exception {
    return Files.readAllLines(data.resolve("simulators/journal.jsonl")).stream()
        .filter(line -> line.contains("\"effect\""))
        .toList();
  }

  private static String basic(SimulatedCredentials.Postmark postmark) {
    var pair = postmark.user() + ":" + postmark.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
