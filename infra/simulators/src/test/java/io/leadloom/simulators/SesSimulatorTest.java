package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SesSimulatorTest {

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
  void whatIsAskedTwiceIsSentTwice() {
    var mail = mail(Bench.addressOf(Act.NOTHING));
    var first = bench.json(send(mail)).path("MessageId").asText();
    var second = bench.json(send(mail)).path("MessageId").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(bench.json(bench.get("/_journal")))
        .extracting(line -> line.path("effect").asText() + " " + line.path("lead").asText())
        .containsExactly("message:" + first + " lead_7", "message:" + second + " lead_7");
  }

  @Test
  void theSamePeopleReplyAndABounceComesBackAsMail() {
    try (var hold = bench.clock.hold()) {
      send(mail(Bench.addressOf(Act.ASK_FOR_MEETING)));
      send(mail(Bench.addressOf(Act.BOUNCE)));
    }
    bench.settle();
    var mails = bench.product.requests("/webhooks/postmark/" + Bench.TENANT);
    assertThat(mails)
        .extracting(mail -> mail.json().path("FromName").asText())
        .hasSize(2)
        .first()
        .isEqualTo("Mail Delivery Subsystem");
    assertThat(mails.getFirst().json().path("TextBody").asText()).contains("Status: 5.1.1");
    assertThat(bench.product.requests("/webhooks/resend")).isEmpty();
  }

  @Test
  void withAConfigurationSetTheEventBusIsToldInsteadOfTheMailbox() {
    try (var hold = bench.clock.hold()) {
      send(mail(Bench.addressOf(Act.NOTHING)).put("ConfigurationSetName", "leadloom"));
      send(mail(Bench.addressOf(Act.BOUNCE)).put("ConfigurationSetName", "leadloom"));
      send(mail(Bench.addressOf(Act.COMPLAIN)).put("ConfigurationSetName", "leadloom"));
    }
    bench.settle();
    assertThat(bench.product.requests("/_leadloom/events"))
        .extracting(told -> told.json())
        .allSatisfy(event -> {
          assertThat(event.path("source").asText()).isEqualTo("aws.ses");
          assertThat(event.at("/detail/mail/tags/tenant/0").asText()).isEqualTo(Bench.TENANT);
        })
        .extracting(event -> event.path("detail-type").asText())
        .containsExactlyInAnyOrder(
            "Email Delivered", "Email Bounced", "Email Delivered", "Email Complaint Received");
    assertThat(bench.product.requests("/webhooks/postmark/" + Bench.TENANT)).isEmpty();
  }

  @Test
  void wrongRequestsGetTheErrorsOfSes() {
    var unsigned =
        bench.exchange(
            bench.request("/ses/v2/email/outbound-emails").POST(BodyPublishers.ofString("{}")));
    assertThat(unsigned.statusCode()).isEqualTo(403);
    var empty = send(Json.object());
    assertThat(empty.statusCode()).isEqualTo(400);
    assertThat(empty.headers().firstValue("x-amzn-ErrorType")).hasValue("BadRequestException");
  }

  private static ObjectNode mail(String to) {
    var mail = Json.object().put("FromEmailAddress", "Sam <sam@mail.acme-fire.example>");
    mail.putObject("Destination").putArray("ToAddresses").add(to);
    mail.putArray("ReplyToAddresses").add("reply+l7@in.acme-fire.example");
    var simple = mail.putObject("Content").putObject("Simple");
    simple.putObject("Subject").put("Data", "Hello");
    simple.putObject("Body").putObject("Text").put("Data", "We inspect fire alarms.");
    var tags = mail.putArray("EmailTags");
    tags.addObject().put("Name", "tenant").put("Value", Bench.TENANT);
    tags.addObject().put("Name", "lead").put("Value", "lead_7");
    return mail;
  }

  private HttpResponse<String> send(ObjectNode mail) {
    return bench.exchange(
        bench
            .request("/ses/v2/email/outbound-emails")
            .header("Authorization", "AWS4-HMAC-SHA256 Credential=test")
            .POST(BodyPublishers.ofByteArray(Json.bytes(mail))));
  }
}
