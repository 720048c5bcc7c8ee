package io.leadloom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.fault.UnauthenticatedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as API Gateway's HTTP API hands it over (payload format 2.0), with the body's raw
 * bytes.
 *
 * @param path the decoded path, without the stage
 * @param pathParameters by name, decoded
 * @param query by name; the last value of a repeated one counts
 * @param headers names in lower case
 * @param body as it was sent
 * @param identified who calls for which tenant, where the route's authorizer says so
 * @param person who calls, where it is a person, perhaps one without a tenant
 */
public record HttpRequest(
    String method,
    String path,
    Map<String, String> pathParameters,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    Optional<Caller> identified,
    Optional<Person> person) {

  static HttpRequest of(JsonNode event) {
    var headers = new LinkedHashMap<String, String>();
    event
        .path("headers")
        .properties()
        .forEach(e -> headers.put(e.getKey().toLowerCase(Locale.ROOT), e.getValue().asText()));
    var text = event.path("body").asText("");
    var body =
        event.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    return new HttpRequest(
        event.at("/requestContext/http/method").asText(),
        event.path("rawPath").asText("/"),
        strings(event.path("pathParameters")),
        form(event.path("rawQueryString").asText("")),
        headers,
        body,
        Caller.of(event.at("/requestContext/authorizer/lambda")),
        Person.of(event.at("/requestContext/authorizer/lambda")));
  }

  /** Who calls; {@link UnauthenticatedException} on a route that nobody guards. */
  public Caller caller() {
    return identified.orElseThrow(() ->
        new UnauthenticatedException(
            "caller.unknown", "Send 'Authorization: Bearer' with a token or an API key"));
  }

  /** A parameter of the path that the route names. */
  public String pathParameter(String name) {
    return pathParameters.getOrDefault(name, "");
  }

  /** A header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A parameter of the query. */
  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** The fields of a body in {@code application/x-www-form-urlencoded}. */
  public Map<String, String> form() {
    return form(new String(body, StandardCharsets.UTF_8));
  }

  private static Map<String, String> form(String encoded) {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        var at = pair.indexOf('=');
        fields.put(
            decode(at < 0 ? pair : pair.substring(0, at)),
            at < 0 ? "" : decode(pair.substring(at + 1)));
      }
    }
    return fields;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Map<String, String> strings(JsonNode object) {
    var strings = new LinkedHashMap<String, String>();
    object.properties().forEach(e -> strings.put(e.getKey(), decode(e.getValue().asText())));
    return strings;
  }
}
