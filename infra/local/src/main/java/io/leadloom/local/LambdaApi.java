package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.leadloom.local.template.FunctionResource;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/** The REST API of Lambda: Invoke, ListFunctions and GetFunction. */
final class LambdaApi {

  private static final Pattern PATH =
      Pattern.compile("/2015-03-31/functions/?([^/]*)(/invocations|/configuration|)");
  private static final int ASYNC_LIMIT = 1024 * 1024;

  private final LambdaService lambda;
  private final Deliveries deliveries;

  LambdaApi(LambdaService lambda, Deliveries deliveries) {
    this.lambda = lambda;
    this.deliveries = deliveries;
  }

  void handle(HttpExchange exchange, byte[] body) throws IOException {
    var path = PATH.matcher(exchange.getRequestURI().getRawPath());
    try {
      if (!path.matches()) {
        respond(
            exchange,
            404,
            Json.object()
                .put(
                    "Message",
                    "The local stack does not know " + exchange.getRequestURI().getPath()));
        return;
      }
      var name = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
      if (path.group(2).equals("/invocations")) {
        invoke(exchange, name, body);
      } else if (name.isEmpty()) {
        var list = Json.object();
        var functions = list.putArray("Functions");
        lambda.functions().forEach(function -> functions.add(describe(function.resource())));
        respond(exchange, 200, list);
      } else {
        var configuration = describe(lambda.find(name).resource());
        var answer = Json.object();
        answer.set("Configuration", configuration);
        respond(exchange, 200, path.group(2).isEmpty() ? answer : configuration);
      }
    } catch (LambdaException e) {
      exchange.getResponseHeaders().set("x-amzn-ErrorType", e.type());
      var error = Json.object().put("Type", "User").put("Message", e.text());
      if (e.status() == 429) {
        error.put("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
      }
      respond(exchange, e.status(), error);
    }
  }

  private void invoke(HttpExchange exchange, String name, byte[] body) throws IOException {
    var qualifier = exchange.getRequestURI().getQuery();
    var target =
        qualifier != null && qualifier.startsWith("Qualifier=")
            ? name + ":" + qualifier.substring("Qualifier=".length())
            : name;
    var function = lambda.find(target);
    var given = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
    var type = given == null ? "RequestResponse" : given;
    var limit = type.equals("Event") ? ASYNC_LIMIT : LambdaFunction.REQUEST_LIMIT;
    if (body.length > limit) {
      throw LambdaException.tooLarge(limit);
    }
    checkJson(body);
    switch (type) {
      case "DryRun" -> LocalHttpServer.respond(exchange, 204, "", new byte[0]);
      case "Event" -> {
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        deliveries.deliver(
            Delivery.to(
                function.resource().arn(),
                body.length == 0 ? "{}" : new String(body, StandardCharsets.UTF_8)));
        LocalHttpServer.respond(exchange, 202, "", new byte[0]);
      }
      case "RequestResponse" -> answer(exchange, lambda.invoke(target, body));
      default -> throw LambdaException.invalidType(type);
    }
  }

  private static void answer(HttpExchange exchange, InvocationResult result) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("x-amzn-RequestId", result.requestId());
    headers.set("X-Amz-Executed-Version", result.version());
    result.functionError().ifPresent(error -> headers.set("X-Amz-Function-Error", error));
    if ("Tail".equals(exchange.getRequestHeaders().getFirst("X-Amz-Log-Type"))) {
      headers.set("X-Amz-Log-Result", Base64.getEncoder().encodeToString(result.logTail()));
    }
    LocalHttpServer.respond(exchange, 200, "application/json", result.payload());
  }

  private static void checkJson(byte[] body) {
    try {
      Json.parse(body);
    } catch (IllegalArgumentException e) {
      throw LambdaException.invalidContent(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode describe(FunctionResource function) {
    return Json.object()
        .put("FunctionName", function.name())
        .put("FunctionArn", function.arn())
        .put("Runtime", "java25")
        .put("Handler", function.handler())
        .put("Timeout", function.timeout().toSeconds())
        .put("MemorySize", function.memoryMegabytes())
        .put("Version", "$LATEST")
        .put("State", "Active")
        .put("PackageType", "Zip");
  }

  private static void respond(HttpExchange exchange, int status, ObjectNode body)
      throws IOException {
    LocalHttpServer.respond(exchange, status, "application/json", Json.bytes(body));
  }
}
