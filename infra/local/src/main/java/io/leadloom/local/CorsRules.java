package io.leadloom.local;

import com.sun.net.httpserver.HttpExchange;
import io.leadloom.local.template.HttpApiResource;
import java.io.IOException;
import java.util.List;

/** The CORS configuration of an HTTP API at work. */
record CorsRules(HttpApiResource.Cors cors) {

  /** Adds the headers of an allowed origin; answers a preflight request, and says so. */
  boolean answer(HttpExchange exchange, String origin) throws IOException {
    var headers = exchange.getResponseHeaders();
    if (cors.origins().contains("*") || cors.origins().contains(origin)) {
      headers.set("access-control-allow-origin", cors.origins().contains("*") ? "*" : origin);
      if (cors.credentials()) {
        headers.set("access-control-allow-credentials", "true");
      }
      set(exchange, "access-control-expose-headers", cors.exposed());
    }
    var preflight =
        exchange.getRequestMethod().equals("OPTIONS")
            && exchange.getRequestHeaders().containsKey("Access-Control-Request-Method");
    if (!preflight) {
      return false;
    }
    if (headers.containsKey("access-control-allow-origin")) {
      set(exchange, "access-control-allow-methods", cors.methods());
      set(exchange, "access-control-allow-headers", cors.headers());
      cors.maxAge().ifPresent(age -> headers.set("access-control-max-age", String.valueOf(age)));
    }
    LocalHttpServer.respond(exchange, 204, "", new byte[0]);
    return true;
  }

  private static void set(HttpExchange exchange, String name, List<String> values) {
    if (!values.isEmpty()) {
      exchange.getResponseHeaders().set(name, String.join(",", values));
    }
  }
}
