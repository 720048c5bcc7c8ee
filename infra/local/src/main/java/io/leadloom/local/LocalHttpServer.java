package io.leadloom.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on the loopback interface, each request on a virtual thread of its own. */
final class LocalHttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalHttpServer.class);

  static {
    // Without it every answer of two packets waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LocalHttpServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Takes the port, so that its URL is known; requests wait until {@link #serve}.
   *
   * @param port 0 for any free one
   * @param purpose for the message when the port is taken
   */
  static LocalHttpServer bind(int port, String purpose) {
    try {
      return new LocalHttpServer(HttpServer.create(new InetSocketAddress("127.0.0.1", port), 1024));
    } catch (BindException e) {
      throw new StackException(
          "Port "
              + port
              + " for "
              + purpose
              + " is in use. Stop what uses it, or choose another port",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " for " + purpose + " cannot be opened", e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void serve(HttpHandler handler) {
    server.createContext("/", exchange -> handle(handler, exchange));
    server.setExecutor(threads);
    server.start();
  }

  private static void handle(HttpHandler handler, HttpExchange exchange) throws IOException {
    try (exchange) {
      handler.handle(exchange);
    } catch (IOException e) {
      // The client went away; there is nobody to tell.
      LOG.debug("{} {} broke off", exchange.getRequestMethod(), exchange.getRequestURI(), e);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      if (exchange.getResponseCode() < 0) {
        respond(
            exchange,
            500,
            "application/json",
            "{\"message\":\"Internal Server Error\"}".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Sends a whole answer. */
  static void respond(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    if (!contentType.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", contentType);
    }
    // HEAD answers and these statuses have no body, and the server warns of any.
    var bodiless = status == 204 || status == 304 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodiless || body.length == 0 ? -1 : body.length);
    if (!bodiless && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
