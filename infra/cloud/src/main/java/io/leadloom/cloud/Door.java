package io.leadloom.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.local.template.HttpApiResource.Route;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the HTTP API where there is none: calls the function of a route as API Gateway
 * would (payload format 2.0). It asks nobody who they are: whoever reaches it counts as the caller
 * it was given. Below {@code /simulated/} it passes requests on to the simulators.
 */
final class Door implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final String SIMULATED = "/simulated";
  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "content-length", "expect", "host", "http2-settings", "upgrade");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Entry> entries;
  private final Map<String, String> caller;
  private final BiFunction<String, byte[], byte[]> invoke;
  private final URI simulators;

  private record Entry(Route route, List<String> names, Pattern path) {}

  /**
   * Opens it.
   *
   * @param caller what the functions are told about who calls
   * @param invoke calls the function of an ARN with a payload
   */
  Door(
      InetSocketAddress at,
      List<Route> routes,
      Map<String, String> caller,
      BiFunction<String, byte[], byte[]> invoke,
      URI simulators)
      throws IOException {
    this.entries =
        routes.stream()
            .sorted(Comparator.comparing(route -> route.path().replace('{', '\uffff')))
            .map(Door::entry)
            .toList();
    this.caller = Map.copyOf(caller);
    this.invoke = invoke;
    this.simulators = simulators;
    this.server = HttpServer.create(at, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static Entry entry(Route route) {
    var names = new ArrayList<String>();
    var path =
        Pattern.compile("\\{(\\w+)(\\+?)}|[^{]+")
            .matcher(route.path())
            .replaceAll(part -> {
              if (part.group(1) == null) {
                return Matcher.quoteReplacement(Pattern.quote(part.group()));
              }
              names.add(part.group(1));
              return part.group(2).isEmpty() ? "([^/]+)" : "(.+)";
            });
    return new Entry(route, names, Pattern.compile(path));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getRawPath();
      var body = exchange.getRequestBody().readAllBytes();
      if (path.startsWith(SIMULATED + "/")) {
        passOn(exchange, body);
        return;
      }
      for (var entry : entries) {
        var match = entry.path().matcher(path);
        if (Set.of("ANY", exchange.getRequestMethod()).contains(entry.route().method())
            && match.matches()) {
          call(exchange, entry, match, body);
          return;
        }
      }
      answer(exchange, 404, "application/json", bytes("{\"message\":\"Not Found\"}"));
    } catch (RuntimeException e) {
      LOG.warn("{} failed", exchange.getRequestURI().getPath(), e);
      answer(exchange, 500, "application/json", bytes("{\"message\":\"Internal Server Error\"}"));
    }
  }

  private void call(HttpExchange exchange, Entry entry, Matcher match, byte[] body)
      throws IOException {
    var result =
        Json.tree(invoke.apply(entry.route().functionArn(), event(exchange, entry, match, body)));
    if (!result.path("statusCode").isInt()) {
      throw new IllegalStateException(entry.route().key() + " was answered by " + result);
    }
    var type = new String[] {"application/octet-stream"};
    for (var header : result.path("headers").properties()) {
      if (header.getKey().equalsIgnoreCase("content-type")) {
        type[0] = header.getValue().asText();
      } else {
        exchange.getResponseHeaders().set(header.getKey(), header.getValue().asText());
      }
    }
    for (JsonNode cookie : result.path("cookies")) {
      exchange.getResponseHeaders().add("Set-Cookie", cookie.asText());
    }
    var text = result.path("body").asText();
    answer(
        exchange,
        result.path("statusCode").asInt(),
        type[0],
        result.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : bytes(text));
  }

  private byte[] event(HttpExchange exchange, Entry entry, Matcher match, byte[] body) {
    var uri = exchange.getRequestURI();
    var event = Json.mapper().createObjectNode();
    event
        .put("version", "2.0")
        .put("routeKey", entry.route().key())
        .put("rawPath", uri.getRawPath())
        .put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
    ObjectNode headers = event.putObject("headers");
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    if (!entry.names().isEmpty()) {
      var parameters = event.putObject("pathParameters");
      for (var i = 0; i < entry.names().size(); i++) {
        parameters.put(
            entry.names().get(i),
            URLDecoder.decode(match.group(i + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    var context = event.putObject("requestContext");
    context
        .putObject("http")
        .put("method", exchange.getRequestMethod())
        .put("path", uri.getRawPath())
        .put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress());
    context.putObject("authorizer").set("lambda", Json.mapper().valueToTree(caller));
    return Json.bytes(
        event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true));
  }

  private void passOn(HttpExchange exchange, byte[] body) throws IOException {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    simulators + exchange.getRequestURI().toString().substring(SIMULATED.length())))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer(
          exchange,
          response.statusCode(),
          response.headers().firstValue("content-type").orElse("application/octet-stream"),
          response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The door was closed", e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}
