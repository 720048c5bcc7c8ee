package io.leadloom.simulators;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.clock.StackClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server that all simulators share: the first segment of a path says whose simulator is
 * meant, the rest is the vendor's path. It writes the journal and plays the fault script.
 */
final class FrontDoor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  static {
    // Without it every small answer waits for the acknowledgement of the one before.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  /** A provider's place in the server. */
  record Door(String name, Provider provider) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final StackClock clock;
  private final Journal journal;
  private final Faults faults;
  private final Map<String, Door> doors;
  private final Control control;
  private final AtomicInteger underWay = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);

  FrontDoor(
      int port,
      StackClock clock,
      Journal journal,
      Faults faults,
      Map<String, Door> doors,
      Control control) {
    this.clock = clock;
    this.journal = journal;
    this.faults = faults;
    this.doors = doors;
    this.control = control;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the simulators cannot listen on port " + port + " of 127.0.0.1; choose another one", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  void open() {
    server.start();
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Whether no request is being served at this moment. */
  boolean idle() {
    return underWay.get() == 0;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    underWay.incrementAndGet();
    try (exchange;
        var hold = clock.hold()) {
      var uri = exchange.getRequestURI();
      var rawPath = uri.getRawPath();
      var slash = rawPath.indexOf('/', 1);
      var prefix = slash < 0 ? rawPath.substring(1) : rawPath.substring(1, slash);
      var path = slash < 0 ? "/" : decoded(rawPath.substring(slash).replace("+", "%2B"));
      var door = doors.get(prefix);
      var call =
          new Call(
              clock.instant(),
              door == null ? prefix : door.name(),
              exchange.getRequestMethod(),
              door == null ? rawPath : path,
              query(uri.getRawQuery()),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes(),
              null);
      if (door == null) {
        send(exchange, control.handle(call));
      } else {
        serve(exchange, call, door.provider());
      }
    } finally {
      underWay.decrementAndGet();
    }
  }

  private void serve(HttpExchange exchange, Call call, Provider provider) throws IOException {
    var fault = faults.request(call).orElse(null);
    var answer = answer(call, provider, fault);
    journal.append(call.line(answer.note()));
    if (fault == null) {
      send(exchange, answer);
      return;
    }
    if (!awaitUnlessClosing(fault) || fault.drop()) {
      return;
    }
    send(
        exchange,
        new Answer(answer.status(), answer.headers(), fault.spoiled(answer.body()), answer.note()));
  }

  private Answer answer(Call call, Provider provider, @Nullable Fault fault) {
    try {
      if (fault != null) {
        if (fault.perSecond() != null) {
          return provider.tooManyRequests();
        }
        var scripted = fault.answer();
        if (scripted.isPresent()) {
          return scripted.get();
        }
        return provider.handle(call.misbehaving(fault.draft()));
      }
      return provider.handle(call);
    } catch (Refusal refusal) {
      return refusal.answer();
    } catch (RuntimeException e) {
      LOG.error(
          "The simulator of {} failed at {} {}", call.provider(), call.method(), call.path(), e);
      return Answer.json(500, Json.object().put("error", "the simulator failed: " + e));
    }
  }

  private boolean awaitUnlessClosing(Fault fault) {
    try {
      return !closing.await(fault.delayMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    var body = answer.body();
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, String> query(@Nullable String raw) {
    return raw == null ? Map.of() : form(raw);
  }

  /** Parameters as in a query or a form. */
  static Map<String, String> form(String raw) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        var equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        parameters.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
