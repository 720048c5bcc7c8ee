package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResendSimulatorTest {

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
  void aMessageReachesSomeoneOnceHoweverOftenItIsAskedFor() throws Exception {
    var mail = Bench.mail(Bench.addressOf(Act.NOTHING));
    var first = bench.send(mail, "touch-1");
    var second = bench.send(mail, "touch-1");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    var id = bench.json(first).path("id").asText();
    var journal = Files.readAllLines(data.resolve("simulators/journal.jsonl"));
    assertThat(journal).hasSize(2);
    var line = Json.parse(journal.getFirst().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    assertThat(line.path("effect").asText()).isEqualTo("message:" + id);
    assertThat(line.path("provider").asText()).isEqualTo("resend");
    assertThat(line.path("method").asText()).isEqualTo("POST");
    assertThat(line.path("path").asText()).isEqualTo("/emails");
    assertThat(line.path("idempotencyKey").asText()).isEqualTo("touch-1");
    assertThat(line.path("recipient").asText()).isEqualTo(mail.path("to").asText());
    assertThat(line.path("lead").asText()).isEqualTo("lead_42");
    assertThat(line.path("at").asText()).isEqualTo(Bench.START.toString());
    assertThat(journal.getLast()).doesNotContain("effect").contains("touch-1");
  }

  @Test
  void twentyAtTheSameTimeWithOneKeyAreOneMessage() throws Exception {
    var mail = Bench.mail(Bench.addressOf(Act.NOTHING));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads
              .invokeAll(
                  IntStream.range(0, 20)
                      .<Callable<String>>mapToObj(i -> () -> bench.send(mail, "same").body())
                      .toList())
              .stream()
              .map(Future::resultNow)
              .collect(Collectors.toSet());
      assertThat(answers).hasSize(1);
    }
    var effects =
        Files.readString(data.resolve("simulators/journal.jsonl"))
            .lines()
            .filter(line -> line.contains("\"effect\""));
    assertThat(effects).hasSize(1);
  }

  @Test
  void aKeyIsNotTakenForAnotherMessage() {
    bench.send(Bench.mail(Bench.addressOf(Act.NOTHING)), "k");
    var other = bench.send(Bench.mail(Bench.addressOf(Act.DECLINE)), "k");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(bench.json(other).path("name").asText()).isEqualTo("invalid_idempotent_request");
    assertThat(bench.json(other).path("statusCode").asInt()).isEqualTo(409);
  }

  @Test
  void aKeyIsForgottenAfterADay() throws Exception {
    var mail = Bench.mail(Bench.addressOf(Act.NOTHING));
    var first = bench.send(mail, "k").body();
    var passed = new CountDownLatch(1);
    bench.clock.schedule(Bench.START.plus(Duration.ofHours(24)), passed::countDown);
    assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(bench.send(mail, "k").body()).isNotEqualTo(first);
  }

  @Test
  void wrongRequestsGetResendsOwnErrors() {
    var mail = Bench.mail("kim@northwind.example");
    expect(mail.deepCopy().without("subject"), 422, "missing_required_field");
    expect(mail.deepCopy().without(List.of("text")), 422, "missing_required_field");
    expect(mail.deepCopy().put("to", "nobody"), 422, "validation_error");
    var tagged = mail.deepCopy();
    tagged.withArray("tags").addObject().put("name", "lead").put("value", "not allowed");
    expect(tagged, 422, "validation_error");
    var noKey = bench.exchange(bench.request("/resend/emails").POST(BodyPublishers.ofString("{}")));
    assertThat(noKey.statusCode()).isEqualTo(401);
    assertThat(noKey.body()).contains("missing_api_key");
    var wrongKey =
        bench.exchange(
            bench
                .request("/resend/emails")
                .header("Authorization", "Bearer re_acme-fire_000000000000000000000000")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(wrongKey.statusCode()).isEqualTo(403);
    assertThat(wrongKey.body()).contains("invalid_api_key");
    assertThat(bench.send(mail, "x".repeat(257)).body()).contains("invalid_idempotency_key");
  }

  private void expect(JsonNode mail, int status, String name) {
    var answer = bench.send(mail, "k" + mail.hashCode());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(bench.json(answer).path("name").asText()).isEqualTo(name);
  }

  @Test
  void webhooksAreSignedOverTheirVeryBytes() throws Exception {
    bench.send(Bench.mail(Bench.addressOf(Act.BOUNCE)), "k");
    bench.settle();
    var events = bench.product.requests("/webhooks/resend/" + Bench.TENANT);
    assertThat(events)
        .extracting(event -> event.json().path("type").asText())
        .containsExactly("email.sent", "email.bounced");
    var secret = SimulatedCredentials.of(Bench.TENANT).resend().webhookSecret();
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
    for (var event : events) {
      var signed =
          event.headers().getFirst("svix-id")
              + "."
              + event.headers().getFirst("svix-timestamp")
              + "."
              + event.text();
      assertThat(event.headers().getFirst("svix-signature"))
          .isEqualTo(
              "v1,"
                  + Base64.getEncoder()
                      .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }
    var bounce = events.getLast().json().path("data");
    assertThat(bounce.path("bounce").path("type").asText()).isEqualTo("Permanent");
    assertThat(bounce.path("tags").path("lead").asText()).isEqualTo("lead_42");
  }

  @Test
  void theSignatureAgreesWithThePublishedExample() {
    assertThat(
            StandardWebhooks.sign(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aWebhookIsRepeatedWithTheSameIdUntilItIsTaken() {
    var refusals = new AtomicInteger(3);
    bench.product.answers(request -> refusals.getAndDecrement() > 0 ? 503 : 204);
    bench.send(Bench.mail("ann@approvers.leadloom.example"), "k");
    bench.settle();
    var events = bench.product.requests();
    assertThat(events).hasSize(5);
    assertThat(
            events.stream().map(event -> event.headers().getFirst("svix-id")).distinct().toList())
        .hasSize(2);
  }

  @Test
  void anEmailCanBeReadBack() {
    var id =
        bench.json(bench.send(Bench.mail(Bench.addressOf(Act.NOTHING)), "k")).path("id").asText();
    bench.settle();
    var key = SimulatedCredentials.of(Bench.TENANT).resend().apiKey();
    var email =
        bench.json(
            bench.exchange(
                bench.request("/resend/emails/" + id).header("Authorization", "Bearer " + key)));
    assertThat(email.path("last_event").asText()).isEqualTo("delivered");
    assertThat(email.path("message_id").asText()).startsWith("<" + id);
    var other = SimulatedCredentials.of("another").resend().apiKey();
    var foreign =
        bench.exchange(
            bench.request("/resend/emails/" + id).header("Authorization", "Bearer " + other));
    assertThat(foreign.statusCode()).isEqualTo(404);
  }
}
