package io.leadloom.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.model.Permission;
import io.leadloom.model.Role;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Caller;
import io.leadloom.platform.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls the API as API Gateway does: with the event of a request whose caller is proven. */
final class ApiClient {

  private final ApiHandler handler;
  private final Map<String, String> proven;

  private ApiClient(ApiHandler handler, Map<String, String> proven) {
    this.handler = handler;
    this.proven = proven;
  }

  /** Robin, who works for a tenant. */
  static ApiClient of(ApiHandler handler, TenantId tenant, Role role) {
    return of(handler, "robin", tenant, role);
  }

  /** A person who works for a tenant. */
  static ApiClient of(ApiHandler handler, String user, TenantId tenant, Role role) {
    var proven = new LinkedHashMap<String, String>(person(user));
    proven.putAll(new Caller(tenant, "user:" + user, role, Permission.all()).toContext());
    return new ApiClient(handler, proven);
  }

  /** A person who belongs to no tenant yet. */
  static ApiClient newcomer(ApiHandler handler, String user) {
    return new ApiClient(handler, person(user));
  }

  /** A program with an API key. */
  static ApiClient program(ApiHandler handler, Caller caller) {
    return new ApiClient(handler, caller.toContext());
  }

  /** Whoever an authorizer's context names. */
  static ApiClient proven(ApiHandler handler, JsonNode context) {
    var proven = new LinkedHashMap<String, String>();
    context.properties().forEach(e -> proven.put(e.getKey(), e.getValue().asText()));
    return new ApiClient(handler, proven);
  }

  /** Nobody. */
  static ApiClient nobody(ApiHandler handler) {
    return new ApiClient(handler, Map.of());
  }

  private static Map<String, String> person(String user) {
    return Map.of("user", user, "email", user + "@acme.example", "session", "session-" + user);
  }

  Reply get(String path) {
    return send("GET", path, Map.of(), null);
  }

  Reply post(String path, @Nullable String body) {
    return post(path, UUID.randomUUID().toString(), body);
  }

  Reply post(String path, String key, @Nullable String body) {
    return send("POST", path, Map.of("idempotency-key", key), body);
  }

  Reply change(String method, String path, String seen, @Nullable String body) {
    return send(method, path, Map.of("if-match", seen), body);
  }

  /** Sends a request whose path may have a query; a body goes as JSON unless a header says else. */
  Reply send(String method, String target, Map<String, String> headers, @Nullable String body) {
    var at = target.indexOf('?');
    var all = new LinkedHashMap<String, String>();
    if (body != null) {
      all.put("content-type", "application/json");
    }
    all.putAll(headers);
    var event = Json.mapper().createObjectNode();
    event.put("version", "2.0");
    event.put("rawPath", at < 0 ? target : target.substring(0, at));
    event.put("rawQueryString", at < 0 ? "" : target.substring(at + 1));
    event.set("headers", Json.mapper().valueToTree(all));
    if (body != null) {
      event.put("body", body);
    }
    var context = event.putObject("requestContext");
    context
        .putObject("http")
        .put("method", method)
        .put("sourceIp", "192.0.2.7")
        .put("userAgent", "tests/1");
    if (!proven.isEmpty()) {
      context.putObject("authorizer").set("lambda", Json.mapper().valueToTree(proven));
    }
    var output = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(Json.bytes(event)), output, context());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var answer = Json.tree(output.toByteArray());
    var answered = new LinkedHashMap<String, String>();
    answer
        .path("headers")
        .properties()
        .forEach(h -> answered.put(h.getKey(), h.getValue().asText()));
    return new Reply(answer.path("statusCode").asInt(), answered, answer.path("body").asText());
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            ApiClient.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> method.getReturnType() == String.class ? "test" : null);
  }

  record Reply(int status, Map<String, String> headers, String text) {

    JsonNode body() {
      return Json.read(text, JsonNode.class);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }
}
