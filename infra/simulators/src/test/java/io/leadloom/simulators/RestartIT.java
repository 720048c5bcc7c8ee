package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.clock.StackClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulators in a process of their own, which is killed while mail is being sent. */
class RestartIT {

  private static final int MESSAGES = 120;
  private static final int KILLS = 8;

  /** So that reactions come while mail is being sent, but no idempotency key is forgotten. */
  private static final double UNHURRIED = 5000;

  @TempDir Path data;

  /**
   * The process that is killed: {@code <data> <api> <epoch millis> <speed>}; prints its address.
   */
  static final class Main {
    public static void main(String[] args) throws Exception {
      var clock =
          StackClock.startingAt(
              Instant.ofEpochMilli(Long.parseLong(args[2])), Double.parseDouble(args[3]));
      var simulators =
          Simulators.start(
              new SimulatorOptions(Path.of(args[0]), 0, clock, Bench.SEED, URI.create(args[1])));
      System.out.println(simulators.baseUrl());
      Thread.currentThread().join();
    }
  }

  @Test
  void aKillNeitherRepeatsAnEffectNorLosesAReaction() throws Exception {
    var random = new Random(4);
    var ids = new HashMap<String, Set<String>>();
    try (var product = new Product();
        var http = HttpClient.newHttpClient()) {
      var sent = 0;
      for (var life = 0; life <= KILLS; life++) {
        var process = start(product.url(), life, UNHURRIED);
        try {
          var base = base(process);
          var toSend = life == KILLS ? MESSAGES : 5 + random.nextInt(20);
          // Every life asks again for what the last one may not have answered.
          for (var i = Math.max(0, sent - 3); i < MESSAGES && toSend-- > 0; i++) {
            ids.computeIfAbsent("key-" + i, key -> new HashSet<>()).add(send(http, base, i));
            sent = i + 1;
          }
          if (sent < MESSAGES) {
            // The kill comes anywhere between this one's arrival and its answer.
            http.sendAsync(request(base, sent), BodyHandlers.discarding());
            var until = System.nanoTime() + random.nextInt(3_000_000);
            while (System.nanoTime() < until) {
              Thread.onSpinWait();
            }
          }
        } finally {
          process.destroyForcibly().waitFor();
        }
      }
      var process = start(product.url(), KILLS + 1, StackClock.AS_FAST_AS_POSSIBLE);
      try {
        base(process);
        awaitReplies(product);
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(ids.values()).allSatisfy(answers -> assertThat(answers).hasSize(1));
      var effects = effects();
      assertThat(effects).doesNotHaveDuplicates();
      assertThat(effects)
          .containsExactlyInAnyOrderElementsOf(
              ids.values().stream()
                  .flatMap(Set::stream)
                  .map(id -> "message:" + id)
                  .collect(Collectors.toSet()));
    }
  }

  private static String base(Process process) throws IOException {
    var base = process.inputReader().readLine();
    assertThat(base).startsWith("http://");
    return base;
  }

  private Process start(URI api, int life, double speed) throws IOException {
    var java = ProcessHandle.current().info().command().orElse("java");
    // Each life begins two hours after the last one, as if the stack had been down meanwhile.
    var now = Bench.START.plus(Duration.ofHours(2L * life)).toEpochMilli();
    return new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            data.toString(),
            api.toString(),
            Long.toString(now),
            Double.toString(speed))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String send(HttpClient http, String base, int i) throws Exception {
    var response = http.send(request(base, i), BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return Json.parse(response.body()).orElseThrow().path("id").asText();
  }

  private static HttpRequest request(String base, int i) {
    return HttpRequest.newBuilder(URI.create(base + "/resend/emails"))
        .header(
            "Authorization", "Bearer " + SimulatedCredentials.of(Bench.TENANT).resend().apiKey())
        .header("Idempotency-Key", "key-" + i)
        .POST(BodyPublishers.ofByteArray(Json.bytes(Bench.mail(recipient(i)))))
        .build();
  }

  private static String recipient(int i) {
    return "kim.lee" + i + "@northwind.example";
  }

  private static void awaitReplies(Product product) {
    var prospects = new Prospects(Bench.SEED, product.url(), product.url());
    var expected =
        IntStream.range(0, MESSAGES)
            .mapToObj(RestartIT::recipient)
            .filter(address -> {
              var act = prospects.act(address, 1);
              return act.isReply() || act == Act.ONE_CLICK;
            })
            .collect(Collectors.toSet());
    Bench.await(() ->
        product.requests("/webhooks/postmark").stream()
            .map(Product.Request::json)
            .map(reply -> reply.path("From").asText())
            .collect(Collectors.toSet())
            .containsAll(expected));
    assertThat(ids(product)).isNotEmpty();
  }

  /** What was delivered more than once kept its id. */
  private static List<String> ids(Product product) {
    var byPerson = new HashMap<String, Set<String>>();
    for (var request : product.requests("/webhooks/postmark")) {
      var reply = request.json();
      byPerson
          .computeIfAbsent(reply.path("From").asText(), from -> new HashSet<>())
          .add(reply.path("MessageID").asText());
    }
    assertThat(byPerson.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    return byPerson.values().stream().flatMap(Set::stream).toList();
  }

  private List<String> effects() throws IOException {
    try (var lines = Files.lines(data.resolve("simulators/journal.jsonl"))) {
      return lines
          .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8)))
          .flatMap(Optional::stream)
          .map(line -> line.path("effect"))
          .filter(JsonNode::isTextual)
          .map(JsonNode::asText)
          .toList();
    }
  }

  @Test
  void aHalfWrittenLineIsForgottenAndAnEffectWithoutItsLineIsJournalled() throws Exception {
    String id;
    try (var bench = new Bench(data)) {
      id = bench.json(bench.send(Bench.mail("kim@northwind.example"), "k")).path("id").asText();
    }
    var folder = data.resolve("simulators");
    var journal = folder.resolve("journal.jsonl");
    var line = Files.readString(journal);
    Files.writeString(journal, line.substring(0, line.length() / 2));
    Files.writeString(
        folder.resolve("state.jsonl"),
        Files.readString(folder.resolve("state.jsonl")) + "{\"happening\":\"mess");
    try (var bench = new Bench(data)) {
      assertThat(effects()).containsExactly("message:" + id);
      assertThat(bench.send(Bench.mail("kim@northwind.example"), "k").body()).contains(id);
      assertThat(effects()).containsExactly("message:" + id);
    }
  }

  @Test
  void whatIsOverdueComesInItsOrder() throws Exception {
    var address = Bench.addressOf(Act.ASK_FOR_MEETING);
    try (var bench = new Bench(data)) {
      bench.clock.hold();
      bench.send(Bench.mail(address), "k");
    }
    try (var product = new Product();
        var clock = StackClock.startingAt(Bench.START.plus(Duration.ofDays(10)), 2);
        var simulators =
            Simulators.start(new SimulatorOptions(data, 0, clock, Bench.SEED, product.url()))) {
      Bench.await(() -> product.requests().size() == 3 && simulators.idle());
      assertThat(product.requests())
          .extracting(request -> request.json().path("type").asText("reply"))
          .containsExactly("email.sent", "email.delivered", "reply");
    }
  }

  @Test
  void whatWasAcknowledgedIsNotSentAgain() throws Exception {
    var address = Bench.addressOf(Act.ASK_FOR_MEETING);
    try (var bench = new Bench(data)) {
      bench.send(Bench.mail(address), "k");
      bench.settle();
      assertThat(bench.product.requests("/webhooks/postmark")).hasSize(1);
    }
    try (var bench = new Bench(data)) {
      bench.settle();
      assertThat(bench.product.requests()).isEmpty();
    }
  }
}
