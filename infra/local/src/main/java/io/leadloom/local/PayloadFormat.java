package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payload format 2.0 of API Gateway HTTP APIs: requests to events, results to responses. */
final class PayloadFormat {

  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A response to send, its body decoded. */
  record Response(int status, List<Header> headers, byte[] body) {}

  record Header(String name, String value) {}

  private PayloadFormat() {}

  static JsonNode event(
      HttpExchange exchange, byte[] body, RouteTable.Match match, String apiId, Instant now) {
    var uri = exchange.getRequestURI();
    var route = match.route();
    var event = Json.object();
    event.put("version", "2.0");
    event.put("routeKey", route.key());
    event.put("rawPath", uri.getRawPath());
    event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
    var cookies = cookies(exchange.getRequestHeaders());
    if (!cookies.isEmpty()) {
      cookies.forEach(event.putArray("cookies")::add);
    }
    var headers = event.putObject("headers");
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!name.equalsIgnoreCase("cookie")) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
          }
        });
    var query = query(uri.getRawQuery());
    if (!query.isEmpty()) {
      var parameters = event.putObject("queryStringParameters");
      query.forEach((name, values) -> parameters.put(name, String.join(",", values)));
    }
    if (!match.pathParameters().isEmpty()) {
      match.pathParameters().forEach(event.putObject("pathParameters")::put);
    }
    var context = event.putObject("requestContext");
    context.put("accountId", "000000000000");
    context.put("apiId", apiId);
    if (route.iam()) {
      context
          .putObject("authorizer")
          .putObject("iam")
          .put("accessKey", "test")
          .put("accountId", "000000000000")
          .put("callerId", "local")
          .put("userArn", "arn:aws:iam::000000000000:user/local")
          .put("userId", "local");
    }
    var host = exchange.getRequestHeaders().getFirst("Host");
    context.put("domainName", host == null ? "127.0.0.1" : host);
    context.put("domainPrefix", apiId);
    var http = context.putObject("http");
    http.put("method", exchange.getRequestMethod());
    http.put("path", uri.getRawPath());
    http.put("protocol", exchange.getProtocol());
    http.put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress());
    var agent = exchange.getRequestHeaders().getFirst("User-Agent");
    http.put("userAgent", agent == null ? "" : agent);
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", route.key());
    context.put("stage", "$default");
    context.put("time", LOG_TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    if (body.length > 0) {
      var text = isText(exchange.getRequestHeaders().getFirst("Content-Type"));
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
      event.put("isBase64Encoded", !text);
    } else {
      event.put("isBase64Encoded", false);
    }
    return event;
  }

  /**
   * @throws IllegalArgumentException when the result is not what API Gateway understands
   */
  static Response response(JsonNode result) {
    if (!result.has("statusCode")) {
      var body = result.isTextual() ? result.asText() : result.toString();
      return new Response(
          200,
          List.of(new Header("content-type", "application/json")),
          body.getBytes(StandardCharsets.UTF_8));
    }
    var status = result.get("statusCode").asInt();
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("statusCode is " + result.get("statusCode"));
    }
    var headers = new ArrayList<Header>();
    result
        .path("headers")
        .properties()
        .forEach(entry -> headers.add(new Header(entry.getKey(), entry.getValue().asText())));
    for (var entry : result.path("multiValueHeaders").properties()) {
      headers.removeIf(header -> header.name().equalsIgnoreCase(entry.getKey()));
      entry.getValue().forEach(value -> headers.add(new Header(entry.getKey(), value.asText())));
    }
    result.path("cookies").forEach(c -> headers.add(new Header("set-cookie", c.asText())));
    var text = result.path("body").isNull() ? "" : result.path("body").asText("");
    var body =
        result.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    if (body.length > 0
        && headers.stream().noneMatch(h -> h.name().equalsIgnoreCase("content-type"))) {
      headers.add(new Header("content-type", "text/plain; charset=utf-8"));
    }
    return new Response(status, headers, body);
  }

  private static List<String> cookies(Headers headers) {
    var cookies = new ArrayList<String>();
    for (var line : headers.getOrDefault("Cookie", List.of())) {
      for (var cookie : line.split(";")) {
        if (!cookie.isBlank()) {
          cookies.add(cookie.strip());
        }
      }
    }
    return cookies;
  }

  private static LinkedHashMap<String, List<String>> query(@Nullable String raw) {
    var query = new LinkedHashMap<String, List<String>>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (var pair : raw.split("&")) {
      var equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      var value = equals < 0 ? "" : pair.substring(equals + 1);
      query.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Other bodies, forms among them, reach a function in base64. */
  private static boolean isText(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    var type = contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || type.endsWith("json")
        || type.endsWith("xml")
        || type.endsWith("javascript");
  }
}
