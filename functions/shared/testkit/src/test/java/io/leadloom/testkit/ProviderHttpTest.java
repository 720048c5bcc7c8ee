package io.leadloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.leadloom.model.fault.TransientException;
import io.leadloom.platform.ProviderHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a provider is left alone, and when it is asked again. */
class ProviderHttpTest {

  private static final int ENOUGH = 20;

  @RegisterExtension final Platform platform = new Platform();

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private volatile int status;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aProviderThatKeepsFailingRestsByTheClockThatAllElseFollows() {
    var http = platform.bean(ProviderHttp.class);
    status = 503;
    for (var call = 0; call < ENOUGH; call++) {
      assertThatThrownBy(() -> http.send(call("apollo")))
          .isInstanceOfSatisfying(
              TransientException.class, e -> assertThat(e.code()).isEqualTo("provider.busy"));
    }
    assertThatThrownBy(() -> http.send(call("apollo")))
        .isInstanceOfSatisfying(
            TransientException.class, e -> assertThat(e.code()).isEqualTo("provider.resting"));
    assertThat(asked).hasValue(ENOUGH);

    status = 200;
    assertThat(http.send(call("hunter")).ok()).isTrue();
    platform.clock().advance(Duration.ofSeconds(31));
    assertThat(http.send(call("apollo")).ok()).isTrue();
    assertThat(http.send(call("apollo")).ok()).isTrue();
  }

  @Test
  void aProviderThatKeepsOneTenantToItsLimitIsStillAskedForTheOthers() {
    var http = platform.bean(ProviderHttp.class);
    status = 429;
    for (var call = 0; call < 2 * ENOUGH; call++) {
      assertThatThrownBy(() -> http.send(call("apollo")))
          .isInstanceOfSatisfying(
              TransientException.class, e -> assertThat(e.code()).isEqualTo("provider.limited"));
    }
    assertThat(asked).hasValue(2 * ENOUGH);
  }

  private ProviderHttp.Call call(String provider) {
    return ProviderHttp.Call.get(
        provider,
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/things"),
        Map.of());
  }
}
