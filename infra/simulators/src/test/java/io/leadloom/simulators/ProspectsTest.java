package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProspectsTest {

  private static final URI AWS = URI.create("http://127.0.0.1:4566");

  private static final Prospects PROSPECTS =
      new Prospects(Bench.SEED, URI.create("http://127.0.0.1:8080/"), AWS);

  @TempDir Path data;

  @Test
  void theSharesOfThePersonasAddUp() {
    for (var percent = 0; percent < 100; percent++) {
      assertThat(Persona.of(percent)).isNotNull();
    }
    var acts = new EnumMap<Act, Integer>(Act.class);
    IntStream.range(0, 10_000)
        .forEach(i -> acts.merge(PROSPECTS.act("p" + i + "@x.example", 1), 1, Integer::sum));
    assertThat(acts.getOrDefault(Act.BOUNCE, 0)).isBetween(140, 260);
    assertThat(acts.getOrDefault(Act.ASK_FOR_MEETING, 0)).isBetween(140, 260);
    assertThat(acts.getOrDefault(Act.COMPLAIN, 0)).isBetween(60, 140);
    assertThat(acts.getOrDefault(Act.NOTHING, 0)).isBetween(7200, 7600);
  }

  @Test
  void whoIsAwayIsSomeoneElseNextTime() {
    assertThat(Bench.addressOf(Act.OUT_OF_OFFICE, Act.ASK_FOR_MEETING)).isNotEmpty();
    assertThat(Bench.addressOf(Act.OUT_OF_OFFICE, Act.NOTHING, Act.ASK_FOR_MEETING)).isNotEmpty();
  }

  @Test
  void nobodyTakesLongerThanFortyHours() {
    for (var i = 0; i < 2000; i++) {
      var address = "p" + i + "@x.example";
      for (var reaction : PROSPECTS.reactions(message(address, 1 + i % 3))) {
        assertThat(Duration.between(Bench.START, reaction.due()))
            .isBetween(Duration.ZERO, Duration.ofHours(40));
      }
    }
  }

  @Test
  void aReactionIsTheSameWheneverItIsWorkedOut() {
    for (var i = 0; i < 500; i++) {
      var message = message("p" + i + "@x.example", 1);
      var once = PROSPECTS.reactions(message);
      var again =
          new Prospects(Bench.SEED, URI.create("http://127.0.0.1:8080"), AWS).reactions(message);
      assertThat(again).usingRecursiveComparison().isEqualTo(once);
    }
  }

  @Test
  void theOutcomeDependsNeitherOnOrderNorOnSpeed() throws Exception {
    var addresses = new ArrayList<String>();
    IntStream.range(0, 40).forEach(i -> addresses.add("kim" + i + "@northwind.example"));
    var forwards = outcome(data.resolve("a"), addresses, 1e12);
    Collections.reverse(addresses);
    var backwards = outcome(data.resolve("b"), addresses, 200_000);
    assertThat(backwards).isEqualTo(forwards);
    assertThat(forwards).anyMatch(line -> line.startsWith("inbound"));
  }

  private static TreeSet<String> outcome(Path data, List<String> addresses, double speed)
      throws Exception {
    try (var bench = new Bench(data, speed)) {
      for (var round = 1; round <= 2; round++) {
        for (var address : addresses) {
          bench.send(Bench.mail(address), address + round);
        }
        bench.settle();
      }
      var outcome = new TreeSet<String>();
      for (var request : bench.product.requests()) {
        var json = request.json();
        outcome.add(
            json.has("MessageID")
                ? "inbound %s %s %s"
                    .formatted(
                        json.path("MessageID").asText(),
                        json.path("From").asText(),
                        // A quotation tells the time, and a return date depends on it.
                        json.path("Subject").asText())
                : json.path("type").asText()
                    + request.headers().getFirst("svix-id")
                    + json.path("data").path("to"));
      }
      return outcome;
    }
  }

  @Test
  void aReplyComesAsPostmarkTellsIt() throws Exception {
    try (var bench = new Bench(data)) {
      var address = Bench.addressOf(Act.ASK_FOR_MEETING);
      var id = bench.json(bench.send(Bench.mail(address), "k")).path("id").asText();
      bench.settle();
      var requests = bench.product.requests("/webhooks/postmark/" + Bench.TENANT);
      assertThat(requests).hasSize(1);
      var postmark = SimulatedCredentials.of(Bench.TENANT).postmark();
      assertThat(requests.getFirst().headers().getFirst("Authorization"))
          .isEqualTo(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString(
                          (postmark.user() + ":" + postmark.password())
                              .getBytes(StandardCharsets.UTF_8)));
      var reply = requests.getFirst().json();
      assertThat(reply.path("From").asText()).isEqualTo(address);
      assertThat(reply.path("FromFull").path("Email").asText()).isEqualTo(address);
      assertThat(reply.path("To").asText()).isEqualTo("reply+l42@in.acme-fire.example");
      assertThat(reply.path("MailboxHash").asText()).isEqualTo("l42");
      assertThat(reply.path("Subject").asText()).isEqualTo("Re: Fire alarm inspection");
      assertThat(reply.path("StrippedTextReply").asText()).isNotBlank();
      assertThat(reply.path("TextBody").asText())
          .startsWith(reply.path("StrippedTextReply").asText());
      assertThat(header(reply, "In-Reply-To")).hasValue("<" + id + "@resend.example>");
      assertThat(header(reply, "Auto-Submitted")).isEmpty();
    }
  }

  @Test
  void anAbsenceIsMarkedAsAutomaticAndNamesADate() throws Exception {
    try (var bench = new Bench(data)) {
      bench.send(Bench.mail(Bench.addressOf(Act.OUT_OF_OFFICE)), "k");
      bench.settle();
      var reply = bench.product.requests("/webhooks/postmark").getFirst().json();
      assertThat(header(reply, "Auto-Submitted")).hasValue("auto-replied");
      assertThat(reply.path("TextBody").asText()).containsPattern("March|Mar |2026-03|03/");
    }
  }

  @Test
  void theUnsubscribeButtonIsPressed() throws Exception {
    try (var bench = new Bench(data)) {
      var mail = Bench.mail(Bench.addressOf(Act.ONE_CLICK));
      mail.putObject("headers")
          .put(
              "List-Unsubscribe",
              "<mailto:stop@acme-fire.example>, <" + bench.product.url() + "/u/token123>")
          .put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      bench.send(mail, "k");
      bench.settle();
      var pressed = bench.product.requests("/u/token123");
      assertThat(pressed).hasSize(1);
      assertThat(pressed.getFirst().text()).isEqualTo("List-Unsubscribe=One-Click");
      assertThat(bench.product.requests("/webhooks/postmark")).isEmpty();
    }
  }

  @Test
  void whoFindsNoUnsubscribeButtonAsksInWords() throws Exception {
    try (var bench = new Bench(data)) {
      bench.send(Bench.mail(Bench.addressOf(Act.ONE_CLICK)), "k");
      bench.settle();
      assertThat(bench.product.requests("/webhooks/postmark")).hasSize(1);
    }
  }

  @Test
  void aButtonThatLeadsNowhereIsNone() throws Exception {
    try (var bench = new Bench(data)) {
      var mail = Bench.mail(Bench.addressOf(Act.ONE_CLICK));
      mail.putObject("headers").put("List-Unsubscribe", "<http://bad host/{x}>, <https:///u>");
      assertThat(bench.send(mail, "k").statusCode()).isEqualTo(200);
      bench.settle();
      assertThat(bench.product.requests("/webhooks/postmark")).hasSize(1);
    }
  }

  @Test
  void whatProspectsWriteIsListedWithWhatTheyMean() {
    var replies = ProspectReply.all();
    assertThat(replies).hasSizeGreaterThan(300);
    assertThat(replies.stream().map(ProspectReply::meant).distinct())
        .containsExactlyInAnyOrder(ProspectReply.Meaning.values());
    assertThat(replies).allMatch(reply -> reply.text().startsWith(reply.strippedText()));
    assertThat(replies).noneMatch(reply -> reply.text().contains("%s"));
  }

  @Test
  void approversDoNotReact() throws Exception {
    try (var bench = new Bench(data)) {
      var prospect = Bench.addressOf(Act.ASK_FOR_MEETING);
      bench.send(Bench.mail("ann@approvers.leadloom.example"), "a");
      var notice = Bench.mail(prospect);
      notice.withArray("tags").addObject().put("name", "kind").put("value", "notice");
      bench.send(notice, "b");
      bench.settle();
      assertThat(bench.product.requests("/webhooks/postmark")).isEmpty();
      bench.send(Bench.mail(prospect), "c");
      bench.settle();
      assertThat(bench.product.requests("/webhooks/postmark")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Act.class)
  void everyActComesAsItsOwnKindOfRequest(Act act) {
    var address = Bench.addressOf(act);
    var types = PROSPECTS.reactions(message(address, 1)).stream().map(Reaction::type).toList();
    switch (act) {
      case BOUNCE -> assertThat(types).containsExactly("email.sent", "email.bounced");
      case COMPLAIN -> assertThat(types).contains("email.delivered", "email.complained");
      case NOTHING -> assertThat(types).containsExactly("email.sent", "email.delivered");
      default -> assertThat(types).contains("email.delivered", "inbound");
    }
  }

  private static Message message(String address, int touch) {
    return new Message(
        "id-" + address + touch,
        ResendSimulator.NAME,
        Bench.TENANT,
        Bench.START,
        "Sam <sam@acme-fire.example>",
        new LinkedHashMap<>(Map.of(address, touch)),
        null,
        "Hello",
        "Text",
        null,
        Map.of(),
        Map.of(),
        "<id@resend.example>");
  }

  private static Optional<String> header(JsonNode mail, String name) {
    for (var header : mail.path("Headers")) {
      if (header.path("Name").asText().equals(name)) {
        return Optional.of(header.path("Value").asText());
      }
    }
    return Optional.empty();
  }
}
