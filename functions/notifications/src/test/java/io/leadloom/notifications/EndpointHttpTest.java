package io.leadloom.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.notifications.EndpointHttp.Reaction;
import io.leadloom.platform.Settings;
import io.leadloom.testkit.TestClock;
import io.leadloom.testkit.WebhookReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointHttpTest {

  private static final Settings LOCAL = new Settings(Map.of("WEBHOOK_TARGETS", "local"));
  private static final Settings PUBLIC = new Settings(Map.of());
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  @Test
  void redirectsAreNotFollowed() throws IOException {
    try (var receiver = new WebhookReceiver();
        var other = new WebhookReceiver()) {
      receiver.answer(307, "Location", other.url());
      assertThat(post(receiver.url())).isEqualTo(answered(307));
      assertThat(other.received()).isEmpty();
    }
  }

  @Test
  void theAddressThatWasCheckedIsTheOneThatIsCalled() throws Exception {
    try (var receiver = new WebhookReceiver()) {
      // Public when it is asked first, as at the making of the endpoint; this machine afterwards.
      var asked = new AtomicInteger();
      var rebinding =
          new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
              return new InetAddress[] {
                InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")
              };
            }

            @Override
            public String resolveCanonicalHostname(String host) {
              return host;
            }
          };
      var targets = new Targets(PUBLIC, rebinding);
      assertThat(targets.objection("https://rebound.example/")).isEmpty();
      var url = receiver.url().replace("127.0.0.1", "rebound.example");
      assertThat(new EndpointHttp(targets, new TestClock()).post(url, Map.of(), BODY))
          .isEqualTo(new Reaction.Silent("host.not-public"));
      assertThat(receiver.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"})
  void thisMachineIsNotCalledUnlessToldSo(String host) {
    try (var receiver = new WebhookReceiver()) {
      var url = receiver.url().replace("127.0.0.1", host);
      assertThat(new EndpointHttp(new Targets(PUBLIC), new TestClock()).post(url, Map.of(), BODY))
          .isEqualTo(new Reaction.Silent("host.not-public"));
      assertThat(receiver.received()).isEmpty();
    }
  }

  @Test
  @Timeout(60)
  void whoDripsAnAnswerIsNotWaitedFor() throws Exception {
    var enough = new CountDownLatch(1);
    var server =
        server(exchange -> {
          exchange.sendResponseHeaders(200, 0);
          // A byte now and then keeps any timeout between bytes from striking.
          while (!await(enough, 50)) {
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
          }
        });
    try {
      var reaction =
          new EndpointHttp(new Targets(LOCAL), new TestClock(), Duration.ofSeconds(1))
              .post(url(server), Map.of(), BODY);
      assertThat(reaction).isInstanceOf(Reaction.Answered.class);
    } finally {
      enough.countDown();
      server.stop(0);
    }
  }

  @Test
  @Timeout(60)
  void whoNeverAnswersIsNotWaitedFor() throws Exception {
    var enough = new CountDownLatch(1);
    var server = server(exchange -> await(enough, 60_000));
    try {
      assertThat(
              new EndpointHttp(new Targets(LOCAL), new TestClock(), Duration.ofSeconds(1))
                  .post(url(server), Map.of(), BODY))
          .isEqualTo(new Reaction.Silent("timeout"));
    } finally {
      enough.countDown();
      server.stop(0);
    }
  }

  @Test
  @Timeout(60)
  void onlyTheBeginningOfAnAnswerIsRead() throws Exception {
    var server =
        server(exchange -> {
          exchange.sendResponseHeaders(500, 0);
          // Endless, until the other side breaks off.
          while (true) {
            exchange
                .getResponseBody()
                .write("all work and no play\n".getBytes(StandardCharsets.UTF_8));
          }
        });
    try {
      var reaction = post(url(server));
      assertThat(reaction).isInstanceOf(Reaction.Answered.class);
      assertThat(((Reaction.Answered) reaction).excerpt())
          .hasSizeLessThanOrEqualTo(500)
          .startsWith("all work and no play all work");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whoDoesNotListenIsToldApart() throws Exception {
    var server = server(exchange -> {});
    server.stop(0);
    assertThat(post(url(server))).isEqualTo(new Reaction.Silent("connection.refused"));
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "0, PT0S",
    "'Mon, 2 Mar 2026 15:10:00 GMT', PT10M",
    "'Mon, 2 Mar 2026 14:00:00 GMT', PT0S",
    "soon, PT0S",
    "-5, PT0S",
    "99999999999999, PT0S"
  })
  void whoAsksToBeLeftAloneIsUnderstood(String text, Duration expected) {
    assertThat(EndpointHttp.retryAfter(text, TestClock.START)).isEqualTo(expected);
  }

  private static Reaction post(String url) {
    return new EndpointHttp(new Targets(LOCAL), new TestClock(), PATIENCE)
        .post(url, Map.of(), BODY);
  }

  private static Reaction answered(int status) {
    return new Reaction.Answered(status, Duration.ZERO, "");
  }

  private static HttpServer server(Handler handler) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private static boolean await(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }
}
