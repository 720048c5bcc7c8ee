package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.leadloom.local.template.HttpApiResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API: turns requests into events for the functions behind its routes. {@code GET /health}
 * is answered here, unless the template routes it: that the stack is up, and the folder it works
 * on, by which a command on the same machine finds the rest.
 */
final class ApiServer {

  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int BODY_LIMIT = 10 * 1024 * 1024;
  private static final String JSON = "application/json";

  private final HttpApiResource api;
  private final RouteTable routes;
  private final Authorizers authorizers;
  private final Map<String, TokenBucket> throttles;
  private final LambdaService lambda;
  private final ExecutorService threads;
  private final Work work;
  private final Clock clock;
  private final String health;

  ApiServer(
      Optional<HttpApiResource> api,
      LambdaService lambda,
      ExecutorService threads,
      Work work,
      Clock clock,
      Path data) {
    this.api = api.orElse(HttpApiResource.NONE);
    this.routes = new RouteTable(this.api.routes());
    this.authorizers = new Authorizers(lambda, clock);
    this.throttles =
        this.api.throttles().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> new TokenBucket(entry.getValue(), clock)));
    this.lambda = lambda;
    this.threads = threads;
    this.work = work;
    this.clock = clock;
    this.health = Json.object().put("status", "up").put("data", data.toString()).toString();
  }

  void handle(HttpExchange exchange) throws IOException {
    try (var piece = work.begin()) {
      var origin = exchange.getRequestHeaders().getFirst("Origin");
      if (origin != null) {
        var cors = api.cors().map(CorsRules::new);
        if (cors.isPresent() && cors.get().answer(exchange, origin)) {
          return;
        }
      }
      var match = routes.match(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
      if (match.isPresent()) {
        call(exchange, match.get());
      } else if (exchange.getRequestMethod().equals("GET")
          && exchange.getRequestURI().getPath().equals("/health")) {
        respond(exchange, 200, health);
      } else {
        refuse(exchange, 404, "Not Found");
      }
    }
  }

  private void call(HttpExchange exchange, RouteTable.Match match) throws IOException {
    var id = UUID.randomUUID().toString();
    exchange.getResponseHeaders().set("apigw-requestid", id);
    var throttle = throttles.get(match.route().key());
    if (throttle != null && !throttle.take()) {
      refuse(exchange, 429, "Too Many Requests");
      return;
    }
    var request = ApiRequest.of(exchange, id, api, match, clock.instant());
    switch (authorizers.admit(request)) {
      case Admission.Refused(var status, var message, var headers) -> {
        headers.forEach(exchange.getResponseHeaders()::set);
        refuse(exchange, status, message);
      }
      case Admission.Admitted(var authorizer) -> call(exchange, request, authorizer);
    }
  }

  private void call(HttpExchange exchange, ApiRequest request, Optional<ObjectNode> authorizer)
      throws IOException {
    var body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (body.length > BODY_LIMIT) {
      refuse(exchange, 413, "Request Entity Too Large");
      return;
    }
    var match = request.match();
    var event = PayloadFormat.event(request, authorizer, body);
    var running =
        threads.submit(() -> lambda.invoke(match.route().functionArn(), Json.bytes(event)));
    try {
      var result = running.get(match.route().timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (result.failed()) {
        LOG.warn(
            "{} failed: {}",
            match.route().key(),
            new String(result.payload(), StandardCharsets.UTF_8));
        refuse(exchange, 500, "Internal Server Error");
      } else {
        send(exchange, match, result.json());
      }
    } catch (ExecutionException e) {
      var status = 500;
      if (e.getCause() instanceof LambdaException refusal) {
        LOG.warn("{} could not be served: {}", match.route().key(), refusal.text());
        status = refusal.status();
      } else {
        LOG.error("{} could not be served", match.route().key(), e.getCause());
      }
      switch (status) {
        case 413 -> refuse(exchange, 413, "Request Entity Too Large");
        case 429 -> refuse(exchange, 503, "Service Unavailable");
        default -> refuse(exchange, 500, "Internal Server Error");
      }
    } catch (TimeoutException e) {
      LOG.warn("{} took more than {}", match.route().key(), match.route().timeout());
      refuse(exchange, 503, "Service Unavailable");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(exchange, 503, "Service Unavailable");
    }
  }

  private static void send(HttpExchange exchange, RouteTable.Match match, JsonNode result)
      throws IOException {
    PayloadFormat.Response response;
    try {
      response = PayloadFormat.response(result);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} answered no response of payload format 2.0", match.route().key(), e);
      refuse(exchange, 500, "Internal Server Error");
      return;
    }
    for (var header : response.headers()) {
      if (!header.name().equalsIgnoreCase("content-length")) {
        exchange.getResponseHeaders().add(header.name(), header.value());
      }
    }
    LocalHttpServer.respond(exchange, response.status(), "", response.body());
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    respond(exchange, status, "{\"message\":\"" + message + "\"}");
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    LocalHttpServer.respond(exchange, status, JSON, body.getBytes(StandardCharsets.UTF_8));
  }
}
