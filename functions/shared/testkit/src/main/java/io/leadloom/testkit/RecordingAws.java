package io.leadloom.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Step Functions, SQS and Secrets Manager as far as a single use case needs them: they accept calls
 * over the wire and remember them. Whole lifecycles are tested on the local stack instead.
 */
public final class RecordingAws implements AutoCloseable {

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  RecordingAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The bodies of the calls of an action, such as {@code SendTaskSuccess}, in their order. */
  public List<JsonNode> calls(String action) {
    return calls.stream().filter(c -> c.action().equals(action)).map(Call::body).toList();
  }

  /**
   * The different calls that wanted something done; the same again is harmless, and so is starting
   * an execution whose name is taken, whatever its input.
   */
  Set<String> wishes() {
    var names = new HashSet<String>();
    return calls.stream()
        .filter(call -> !call.action().equals("GetSecretValue"))
        .filter(call ->
            !call.action().equals("StartExecution")
                || names.add(call.body().path("stateMachineArn") + " " + call.body().path("name")))
        .map(
            call -> call.action() + " " + call.body().toString().replace(endpoint().toString(), ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Gives a secret its text. */
  public void secret(String name, String text) {
    secrets.put(name, text);
  }

  /** From now on an action answers with an AWS error, such as {@code TaskTimedOut}. */
  public void fail(String action, String error) {
    failures.put(action, error);
  }

  /** From now on an action works again. */
  public void recover(String action) {
    failures.remove(action);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      var action = target == null ? "" : target.substring(target.indexOf('.') + 1);
      var bytes = exchange.getRequestBody().readAllBytes();
      if (target == null && new String(bytes, StandardCharsets.UTF_8).contains("AssumeRole")) {
        assumeRole(exchange, bytes);
        return;
      }
      var body = Json.tree(bytes);
      calls.add(new Call(action, body));
      var failure = failures.get(action);
      if (failure != null) {
        send(exchange, 400, Map.of("__type", failure, "message", failure));
        return;
      }
      switch (action) {
        case "GetSecretValue" -> {
          var name = body.path("SecretId").asText();
          var text = secrets.get(name);
          if (text == null) {
            send(exchange, 400, Map.of("__type", "ResourceNotFoundException", "message", "none"));
          } else {
            send(exchange, 200, Map.of("Name", name, "SecretString", text));
          }
        }
        case "StartExecution" ->
            send(
                exchange,
                200,
                Map.of("executionArn", "arn:" + body.path("name").asText(), "startDate", 0));
        case "SendMessage" ->
            send(
                exchange,
                200,
                Map.of(
                    "MessageId",
                    "m-" + calls.size(),
                    "MD5OfMessageBody",
                    md5(body.path("MessageBody").asText())));
        default -> send(exchange, 200, Map.of());
      }
    }
  }

  /** Of a query protocol: a form asks, XML answers. */
  private void assumeRole(HttpExchange exchange, byte[] form) throws IOException {
    var fields = Json.mapper().createObjectNode();
    for (var pair : new String(form, StandardCharsets.UTF_8).split("&")) {
      var halves = pair.split("=", 2);
      fields.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
    }
    calls.add(new Call("AssumeRole", fields));
    var answer =
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <Credentials><AccessKeyId>narrowed</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
        <SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>
        </AssumeRoleResult></AssumeRoleResponse>
        """
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
  }

  /** The SDK checks it. */
  private static String md5(String text) {
    try {
      var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has MD5", e);
    }
  }

  private static void send(HttpExchange exchange, int status, Map<String, ?> answer)
      throws IOException {
    var bytes = Json.write(answer).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private record Call(String action, JsonNode body) {}
}
