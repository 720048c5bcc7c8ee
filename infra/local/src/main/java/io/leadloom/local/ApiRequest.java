package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.leadloom.local.template.HttpApiResource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to the HTTP API with the route that it goes to.
 *
 * @param id that API Gateway gives it
 * @param headers by their names in lower case, without cookies; several values joined by commas
 * @param query by decoded names; several values joined by commas
 */
record ApiRequest(
    String id,
    HttpApiResource api,
    RouteTable.Match match,
    String method,
    URI uri,
    String protocol,
    String sourceIp,
    Map<String, String> headers,
    List<String> cookies,
    Map<String, String> query,
    Instant time) {

  static ApiRequest of(
      HttpExchange exchange, String id, HttpApiResource api, RouteTable.Match match, Instant time) {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!name.equalsIgnoreCase("cookie")) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
          }
        });
    var source = exchange.getRemoteAddress().getAddress().getHostAddress();
    headers.merge("x-forwarded-for", source, (given, own) -> given + ", " + own);
    headers.put("x-forwarded-port", String.valueOf(exchange.getLocalAddress().getPort()));
    headers.put("x-forwarded-proto", "http");
    return new ApiRequest(
        id,
        api,
        match,
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        exchange.getProtocol(),
        source,
        headers,
        cookies(exchange.getRequestHeaders()),
        query(exchange.getRequestURI().getRawQuery()),
        time);
  }

  String rawPath() {
    return uri.getRawPath();
  }

  String rawQuery() {
    return uri.getRawQuery() == null ? "" : uri.getRawQuery();
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /**
   * The value behind an identity source of an authorizer, for example {@code
   * $request.header.Authorization}; empty when the request does not have it.
   */
  String identity(String source, ObjectNode requestContext) {
    return switch (source.substring(0, source.indexOf('.'))) {
      case "$stageVariables" -> api.stageVariables().getOrDefault(after(source, "."), "");
      case "$context" ->
          switch (after(source, ".")) {
            case "identity.sourceIp" -> sourceIp;
            case "identity.userAgent" -> header("user-agent");
            case "httpMethod" -> method;
            case "path" -> rawPath();
            case "protocol" -> protocol;
            case String other -> requestContext.path(other).asText("");
          };
      default ->
          source.startsWith("$request.header.")
              ? header(after(source, "header."))
              : query.getOrDefault(after(source, "querystring."), "");
    };
  }

  private static String after(String source, String marker) {
    return source.substring(source.indexOf(marker) + marker.length());
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

  private static Map<String, String> query(@Nullable String raw) {
    var query = new LinkedHashMap<String, String>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (var pair : raw.split("&")) {
      var equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      var value = equals < 0 ? "" : pair.substring(equals + 1);
      query.merge(decode(name), decode(value), (first, next) -> first + "," + next);
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
}
