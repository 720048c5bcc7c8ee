package io.leadloom.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/**
 * Faults on demand over HTTP: {@code PUT} a JSON object with the plan as {@code spec}, {@code GET}
 * the plan with what it has struck, {@code DELETE} it.
 */
final class FaultsApi {

  static final String PATH = "/_leadloom/faults";

  private final Faults faults;

  FaultsApi(Faults faults) {
    this.faults = faults;
  }

  void handle(HttpExchange exchange, byte[] body) throws IOException {
    try {
      switch (exchange.getRequestMethod()) {
        case "PUT" -> faults.plan(Json.parse(body).path("spec").asText());
        case "DELETE" -> faults.plan("");
        case "GET" -> {}
        default ->
            throw new IllegalArgumentException(
                exchange.getRequestMethod() + " is none of GET, PUT and DELETE");
      }
      LocalHttpServer.respond(exchange, 200, "application/json", Json.bytes(faults.describe()));
    } catch (IllegalArgumentException e) {
      var refusal = Json.object().put("message", e.getMessage());
      LocalHttpServer.respond(exchange, 400, "application/json", Json.bytes(refusal));
    }
  }
}
