package io.leadloom.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's own system on this machine, which is sent webhooks. The way to it ends with the life
 * of the process under test.
 */
public final class WebhookReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Webhook> received = new CopyOnWriteArrayList<>();
  private final Map<String, String> headers = new TreeMap<>();
  private volatile int status = 204;

  /** Listens on a free port. */
  public WebhookReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Where it is reached. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
  }

  /** What it answers from now on. */
  public void answer(int newStatus) {
    status = newStatus;
  }

  /** What it answers from now on, with a header. */
  public void answer(int newStatus, String header, String value) {
    synchronized (headers) {
      headers.clear();
      headers.put(header, value);
    }
    status = newStatus;
  }

  /** What it was sent, oldest first. */
  public List<Webhook> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var life = Lifetime.current();
      life.live();
      var sent = new TreeMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> sent.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
      received.add(new Webhook(sent, exchange.getRequestBody().readAllBytes()));
      life.wrote("webhook");
      synchronized (headers) {
        headers.forEach(exchange.getResponseHeaders()::set);
      }
      exchange.sendResponseHeaders(status, -1);
    } catch (Lifetime.Died e) {
      // Closed without an answer: that is all a dead process hears.
    }
  }

  /**
   * A webhook that came.
   *
   * @param headers names in lower case
   */
  public record Webhook(Map<String, String> headers, byte[] body) {

    /** The header of that name, if there was one. */
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    /** The id by which repetitions are told. */
    public String id() {
      return headers.getOrDefault("webhook-id", "");
    }

    /** What happened, such as {@code lead.created}. */
    public String type() {
      return json().path("type").asText();
    }

    /** The body. */
    public JsonNode json() {
      return Json.tree(body);
    }
  }
}
