package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.WebSocketApiResource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A client of the WebSocket API, and the events that tell functions of it.
 *
 * @param headers of the request with which it connected
 * @param query the decoded parameters of that request
 * @param authorizer what the authorizer said of it, for all functions to know
 */
record WebSocketClient(
    WebSocketApiResource api,
    String connectionId,
    String host,
    String sourceIp,
    Map<String, List<String>> headers,
    Map<String, List<String>> query,
    Optional<ObjectNode> authorizer,
    Instant connectedAt) {

  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  String userAgent() {
    return String.join(",", header("User-Agent"));
  }

  /** The same, let in by an authorizer. */
  WebSocketClient authorized(Optional<ObjectNode> told) {
    return new WebSocketClient(
        api, connectionId, host, sourceIp, headers, query, told, connectedAt);
  }

  /** The values of a header, whatever the case of its name. */
  List<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }

  /** What an authorizer is asked. */
  ObjectNode question(String methodArn, Instant now) {
    var event = Json.object().put("type", "REQUEST").put("methodArn", methodArn);
    event.setAll(connected(now));
    event.remove("isBase64Encoded");
    return event;
  }

  ObjectNode connected(Instant now) {
    var event = Json.object();
    putLastAndAll(event, "headers", "multiValueHeaders", headers);
    if (!query.isEmpty()) {
      putLastAndAll(event, "queryStringParameters", "multiValueQueryStringParameters", query);
    }
    finish(event, "$connect", "CONNECT", now);
    return event.put("isBase64Encoded", false);
  }

  ObjectNode message(String routeKey, String body, boolean base64, Instant now) {
    var event = Json.object();
    finish(event, routeKey, "MESSAGE", now).put("messageId", UUID.randomUUID().toString());
    return event.put("body", body).put("isBase64Encoded", base64);
  }

  ObjectNode disconnected(int status, String reason, Instant now) {
    var event = Json.object();
    putLastAndAll(
        event,
        "headers",
        "multiValueHeaders",
        Map.of("Host", List.of(host), "X-Forwarded-For", List.of(sourceIp)));
    finish(event, "$disconnect", "DISCONNECT", now)
        .put("disconnectStatusCode", status)
        .put("disconnectReason", reason);
    return event.put("isBase64Encoded", false);
  }

  private ObjectNode finish(ObjectNode event, String routeKey, String type, Instant now) {
    if (!api.stageVariables().isEmpty()) {
      api.stageVariables().forEach(event.putObject("stageVariables")::put);
    }
    var context = event.putObject("requestContext");
    var requestId = UUID.randomUUID().toString();
    context.put("routeKey", routeKey);
    context.put("eventType", type);
    context.put("extendedRequestId", requestId);
    context.put("requestTime", LOG_TIME.format(now));
    context.put("messageDirection", "IN");
    context.put("stage", api.stage());
    context.put("connectedAt", connectedAt.toEpochMilli());
    context.put("requestTimeEpoch", now.toEpochMilli());
    context.putObject("identity").put("sourceIp", sourceIp).put("userAgent", userAgent());
    context.put("requestId", requestId);
    context.put("domainName", host);
    context.put("connectionId", connectionId);
    context.put("apiId", api.id());
    authorizer.ifPresent(told -> context.set("authorizer", told));
    return context;
  }

  private static void putLastAndAll(
      ObjectNode event, String last, String all, Map<String, List<String>> values) {
    var single = event.putObject(last);
    var multiple = event.putObject(all);
    values.forEach((name, each) -> {
      single.put(name, each.getLast());
      each.forEach(multiple.putArray(name)::add);
    });
  }
}
