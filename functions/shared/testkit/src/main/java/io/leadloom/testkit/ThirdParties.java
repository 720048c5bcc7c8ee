package io.leadloom.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.clock.StackClock;
import io.leadloom.platform.Json;
import io.leadloom.simulators.SimulatorOptions;
import io.leadloom.simulators.Simulators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

/**
 * The simulated third parties of a test, whose prospects nobody listens to. The way to them ends
 * with the life of the process under test.
 */
public final class ThirdParties implements AutoCloseable {

  private static final Set<String> OUR_OWN_BUSINESS =
      Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final StackClock clock = StackClock.startingAt(TestClock.START, 0.001);
  private final Path folder;
  private final Simulators simulators;
  private final HttpServer way;

  ThirdParties() {
    try {
      folder = Files.createTempDirectory("third-parties-");
      simulators =
          Simulators.start(
              new SimulatorOptions(folder, 0, clock, 7, URI.create("http://127.0.0.1:9")));
      way = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    way.createContext("/", this::pass);
    way.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    way.start();
  }

  /** Where they are found. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + way.getAddress().getPort());
  }

  /** Lets something go wrong, by an entry of the simulators' fault script. */
  public void fault(Map<String, Object> fault) {
    tell("POST", "/_faults", Json.write(fault));
  }

  /** All calls they got, oldest first. */
  public List<JsonNode> journal() {
    return list(tell("GET", "/_journal", ""));
  }

  /** What was brought about at them, such as {@code message:1}, oldest first. */
  public List<String> effects() {
    return journal().stream()
        .filter(line -> line.has("effect"))
        .map(line -> line.path("effect").asText())
        .toList();
  }

  /** The messages that reached somebody, oldest first. */
  public List<JsonNode> messages() {
    return list(tell("GET", "/_messages", ""));
  }

  @Override
  public void close() {
    way.stop(0);
    simulators.close();
    clock.close();
    http.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      var life = Lifetime.current();
      life.live();
      var request =
          HttpRequest.newBuilder(simulators.baseUrl().resolve(exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> {
            if (!OUR_OWN_BUSINESS.contains(name.toLowerCase(Locale.ROOT))) {
              values.forEach(value -> request.header(name, value));
            }
          });
      var answer = http.send(request.build(), BodyHandlers.ofByteArray());
      if (!exchange.getRequestMethod().equals("GET")) {
        life.wrote(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
      }
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            if (!OUR_OWN_BUSINESS.contains(name.toLowerCase(Locale.ROOT))) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (Lifetime.Died e) {
      // Closed without an answer: that is all a dead process hears.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode tell(String method, String path, String body) {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(simulators.baseUrl().resolve(path))
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body().length == 0 ? Json.tree(EMPTY) : Json.tree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
