package io.leadloom.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/**
 * The management API of WebSocket APIs: {@code @connections}, with or without a stage before it.
 */
final class ConnectionsApi {

  static final String PATH = "/@connections/";

  private static final int PAYLOAD_LIMIT = 128 * 1024;

  private final WebSocketConnections connections;

  ConnectionsApi(WebSocketConnections connections) {
    this.connections = connections;
  }

  void handle(HttpExchange exchange, byte[] body) throws IOException {
    var path = exchange.getRequestURI().getRawPath().replace("%40", "@");
    var id =
        URLDecoder.decode(
            path.substring(path.indexOf(PATH) + PATH.length()), StandardCharsets.UTF_8);
    switch (exchange.getRequestMethod()) {
      case "POST" -> post(exchange, id, body);
      case "GET" -> describe(exchange, id);
      case "DELETE" -> {
        if (connections.close(id)) {
          LocalHttpServer.respond(exchange, 204, "", new byte[0]);
        } else {
          gone(exchange);
        }
      }
      case String other -> refuse(exchange, 403, "ForbiddenException", "Not allowed: " + other);
    }
  }

  private void post(HttpExchange exchange, String id, byte[] body) throws IOException {
    if (body.length > PAYLOAD_LIMIT) {
      refuse(exchange, 413, "PayloadTooLargeException", "The data has exceeded 128 KB");
      return;
    }
    var sent = connections.send(id, body);
    if (sent.isEmpty()) {
      gone(exchange);
      return;
    }
    try {
      sent.get().join();
      LocalHttpServer.respond(exchange, 200, "", new byte[0]);
    } catch (CompletionException e) {
      gone(exchange);
    }
  }

  private void describe(HttpExchange exchange, String id) throws IOException {
    var found = connections.find(id);
    if (found.isEmpty()) {
      gone(exchange);
      return;
    }
    var client = found.get().client();
    var answer =
        Json.object()
            .put("connectedAt", client.connectedAt().toString())
            .put("lastActiveAt", found.get().lastActive().toString());
    answer
        .putObject("identity")
        .put("sourceIp", client.sourceIp())
        .put("userAgent", client.userAgent());
    LocalHttpServer.respond(exchange, 200, "application/json", Json.bytes(answer));
  }

  private static void gone(HttpExchange exchange) throws IOException {
    refuse(exchange, 410, "GoneException", "The connection is not open any more");
  }

  private static void refuse(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
    LocalHttpServer.respond(
        exchange, status, "application/json", Json.bytes(Json.object().put("message", message)));
  }
}
