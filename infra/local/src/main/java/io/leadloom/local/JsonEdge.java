package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS's JSON protocol: the header X-Amz-Target names service and action, requests and answers are
 * JSON objects, and a refusal carries the name of its exception.
 */
final class JsonEdge {

  private static final Logger LOG = LoggerFactory.getLogger(JsonEdge.class);

  /** What services are called where faults are asked for. */
  private static final Map<String, String> FAULT_NAMES =
      Map.of(
          "AmazonSQS", "sqs",
          "AmazonSSM", "ssm",
          "AWSEvents", "events",
          "AWSStepFunctions", "states");

  private final Map<String, JsonApi> apis;
  private final Faults faults;

  /**
   * @param apis services by the prefix of their targets
   */
  JsonEdge(Map<String, JsonApi> apis, Faults faults) {
    this.apis = apis;
    this.faults = faults;
  }

  /** What stands before the action in a target. */
  static String service(String target) {
    return target.substring(0, Math.max(0, target.lastIndexOf('.')));
  }

  void handle(HttpExchange exchange, String target, byte[] body) throws IOException {
    try {
      var answer = answer(target, body);
      exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
      LocalHttpServer.respond(exchange, 200, contentType(exchange), Json.bytes(answer));
    } catch (AwsException e) {
      LOG.debug("{} refused: {} {}", target, e.type(), e.text());
      if (service(target).equals("AmazonSQS")) {
        exchange.getResponseHeaders().set("x-amzn-query-error", QueueActions.olderCode(e));
      }
      refuse(exchange, e);
    }
  }

  private JsonNode answer(String target, byte[] body) {
    var api = apis.get(service(target));
    if (api == null) {
      throw new AwsException(
          "UnknownOperationException", "The local stack has no service for " + target);
    }
    var request = request(body);
    try {
      return faults.around(
          FAULT_NAMES.getOrDefault(service(target), service(target)),
          () -> api.call(target.substring(target.lastIndexOf('.') + 1), request));
    } catch (AwsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new AwsException("SerializationException", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("{} failed", target, e);
      throw new AwsException("InternalFailure", 500, "The local stack failed: " + e.getMessage());
    }
  }

  private static JsonNode request(byte[] body) {
    JsonNode request;
    try {
      request = body.length == 0 ? Json.object() : Json.parse(body);
    } catch (IllegalArgumentException e) {
      throw new AwsException("SerializationException", String.valueOf(e.getMessage()));
    }
    if (!request.isObject()) {
      throw new AwsException("SerializationException", "The request is no JSON object");
    }
    return request;
  }

  /** Answers with the name and the message of an exception. */
  static void refuse(HttpExchange exchange, AwsException e) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("x-amzn-RequestId", UUID.randomUUID().toString());
    headers.set("x-amzn-ErrorType", e.type());
    LocalHttpServer.respond(
        exchange,
        e.status(),
        contentType(exchange),
        Json.bytes(Json.object().put("__type", e.type()).put("message", e.text())));
  }

  static String contentType(HttpExchange exchange) {
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type == null ? "application/json" : type;
  }
}
