package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.Names;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Payload format 2.0 of API Gateway HTTP APIs: requests to events, results to responses. */
final class PayloadFormat {

  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A response to send, its body decoded. */
  record Response(int status, List<Header> headers, byte[] body) {}

  record Header(String name, String value) {}

  private PayloadFormat() {}

  /** What the function behind the route gets. */
  static ObjectNode event(ApiRequest request, Optional<ObjectNode> authorizer, byte[] body) {
    var event = Json.object().put("version", "2.0").put("routeKey", request.match().route().key());
    describe(request, event);
    var context = requestContext(request);
    authorizer.ifPresent(known -> context.set("authorizer", known));
    event.set("requestContext", context);
    if (body.length > 0) {
      var text = isText(request.header("content-type"));
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

  /** What a function gets that is asked whether the request may go on. */
  static ObjectNode authorizerEvent(ApiRequest request, String arn, List<String> identity) {
    var event = Json.object().put("version", "2.0").put("type", "REQUEST").put("routeArn", arn);
    if (identity.isEmpty()) {
      event.putNull("identitySource");
    } else {
      identity.forEach(event.putArray("identitySource")::add);
    }
    event.put("routeKey", request.match().route().key());
    describe(request, event);
    event.set("requestContext", requestContext(request));
    return event;
  }

  private static void describe(ApiRequest request, ObjectNode event) {
    event.put("rawPath", request.rawPath()).put("rawQueryString", request.rawQuery());
    if (!request.cookies().isEmpty()) {
      request.cookies().forEach(event.putArray("cookies")::add);
    }
    request.headers().forEach(event.putObject("headers")::put);
    putUnlessEmpty(event, "queryStringParameters", request.query());
    putUnlessEmpty(event, "pathParameters", request.match().pathParameters());
    putUnlessEmpty(event, "stageVariables", request.api().stageVariables());
  }

  private static void putUnlessEmpty(ObjectNode event, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      values.forEach(event.putObject(name)::put);
    }
  }

  static ObjectNode requestContext(ApiRequest request) {
    var context = Json.object();
    context.put("accountId", Names.LOCAL.accountId());
    context.put("apiId", request.api().id());
    var host = request.header("host");
    context.put("domainName", host.isEmpty() ? "127.0.0.1" : host);
    context.put("domainPrefix", request.api().id());
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", request.rawPath())
        .put("protocol", request.protocol())
        .put("sourceIp", request.sourceIp())
        .put("userAgent", request.header("user-agent"));
    context.put("requestId", request.id());
    context.put("routeKey", request.match().route().key());
    context.put("stage", "$default");
    context.put("time", LOG_TIME.format(request.time()));
    context.put("timeEpoch", request.time().toEpochMilli());
    return context;
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

  /** Other bodies, forms among them, reach a function in base64. */
  private static boolean isText(String contentType) {
    if (contentType.isEmpty()) {
      return true;
    }
    var type = contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || type.endsWith("json")
        || type.endsWith("xml")
        || type.endsWith("javascript");
  }
}
