package io.leadloom.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.clock.StackClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Simulators on a virtual clock, a product to react to, and a client. */
final class Bench implements AutoCloseable {

  static final Instant START = Instant.parse("2026-03-02T15:00:00Z");
  static final long SEED = 7;
  static final String TENANT = "acme-fire";

  final StackClock clock;
  final Product product;
  final Simulators simulators;
  private final HttpClient http = HttpClient.newHttpClient();

  Bench(Path data) throws IOException {
    this(data, StackClock.AS_FAST_AS_POSSIBLE);
  }

  Bench(Path data, double speed) throws IOException {
    clock = StackClock.startingAt(START, speed);
    product = new Product();
    simulators = Simulators.start(new SimulatorOptions(data, 0, clock, SEED, product.url()));
  }

  /** The first made-up address whose owner does this at the first messages. */
  static String addressOf(Act... acts) {
    var prospects =
        new Prospects(SEED, URI.create("http://127.0.0.1"), URI.create("http://127.0.0.1"));
    return IntStream.range(0, 100_000)
        .mapToObj(i -> "pat.doe" + i + "@northwind-" + i + ".example")
        .filter(address ->
            IntStream.range(0, acts.length).allMatch(i -> prospects.act(address, i + 1) == acts[i]))
        .findFirst()
        .orElseThrow();
  }

  static ObjectNode mail(String to) {
    var mail =
        Json.object()
            .put("from", "Sam Rivers <sam@mail.acme-fire.example>")
            .put("to", to)
            .put("reply_to", "reply+l42@in.acme-fire.example")
            .put("subject", "Fire alarm inspection")
            .put("text", "Hello,\nwe inspect fire alarms.\n\nTo unsubscribe, write to us.");
    mail.putArray("tags").addObject().put("name", "lead").put("value", "lead_42");
    return mail;
  }

  HttpResponse<String> send(JsonNode mail, String key) {
    return exchange(
        request("/resend/emails")
            .header("Authorization", "Bearer " + SimulatedCredentials.of(TENANT).resend().apiKey())
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofByteArray(Json.bytes(mail))));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(simulators.baseUrl() + path))
        .timeout(Duration.ofSeconds(10));
  }

  HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return exchange(request(path).GET());
  }

  JsonNode json(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  /** Lets all time pass that anybody waits for. */
  void settle() {
    await(() -> clock.nextDue().isEmpty() && simulators.idle() && !clock.busy());
  }

  static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    simulators.close();
    product.close();
    clock.close();
  }
}
