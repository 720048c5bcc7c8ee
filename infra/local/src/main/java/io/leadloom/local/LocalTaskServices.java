package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.states.TaskFailedException;
import io.leadloom.states.TaskServices;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** The services of this stack for the Task states of its machines. */
final class LocalTaskServices implements TaskServices {

  private final LambdaService lambda;
  private final JsonService dynamo;
  private final QueueActions queues;
  private final JsonApi events;
  private final Deliveries deliveries;

  LocalTaskServices(
      LambdaService lambda,
      JsonService dynamo,
      QueueActions queues,
      JsonApi events,
      Deliveries deliveries) {
    this.lambda = lambda;
    this.dynamo = dynamo;
    this.queues = queues;
    this.events = events;
    this.deliveries = deliveries;
  }

  @Override
  public JsonNode call(String resource, JsonNode arguments) throws TaskFailedException {
    var name = resource.startsWith("aws-sdk:") ? resource.substring("aws-sdk:".length()) : resource;
    var colon = name.indexOf(':');
    var service = name.substring(0, Math.max(0, colon));
    var action = name.substring(colon + 1);
    return switch (service) {
      case "lambda" -> lambda(action, arguments);
      case "dynamodb" ->
          call("DynamoDB", () -> dynamo.call("DynamoDB_20120810." + pascal(action), arguments));
      case "sqs" -> call("SQS", () -> queues.call(pascal(action), withText(arguments)));
      case "events", "eventbridge" -> putEvents(action, arguments);
      default ->
          throw new TaskFailedException(
              "States.Runtime", "The local stack has no service for the resource " + resource);
    };
  }

  private JsonNode lambda(String action, JsonNode arguments) throws TaskFailedException {
    var function = arguments.path("FunctionName").asText();
    var qualifier = arguments.path("Qualifier").asText("");
    var target = qualifier.isEmpty() ? function : function + ":" + qualifier;
    var payload = arguments.has("Payload") ? arguments.get("Payload") : Json.object();
    try {
      if (arguments.path("InvocationType").asText().equals("Event")) {
        deliveries.deliver(Delivery.to(lambda.find(target).resource().arn(), payload.toString()));
        return withMetadata(Json.object().put("StatusCode", 202), UUID.randomUUID().toString());
      }
      var result = lambda.invoke(target, Json.bytes(payload));
      if (result.failed()) {
        throw failure(result);
      }
      if (action.equals("function")) {
        return result.json();
      }
      var answer = Json.object().put("ExecutedVersion", result.version());
      answer.set("Payload", result.json());
      answer.put("StatusCode", 200);
      return withMetadata(answer, result.requestId());
    } catch (LambdaException e) {
      throw new TaskFailedException("Lambda." + e.type(), e.text());
    } catch (IllegalArgumentException e) {
      throw new TaskFailedException(
          "Lambda.Unknown", "The function answered no JSON: " + e.getMessage());
    }
  }

  private static TaskFailedException failure(InvocationResult result) {
    var error = result.json();
    return new TaskFailedException(
        error.path("errorType").asText("Lambda.Unknown"),
        new String(result.payload(), StandardCharsets.UTF_8));
  }

  private JsonNode putEvents(String action, JsonNode arguments) throws TaskFailedException {
    var request = (ObjectNode) arguments.deepCopy();
    for (var entry : request.path("Entries")) {
      if (entry.path("Detail").isContainerNode()) {
        ((ObjectNode) entry).put("Detail", entry.get("Detail").toString());
      }
    }
    var answer = call("EventBridge", () -> events.call(pascal(action), request));
    if (answer.path("FailedEntryCount").asInt() > 0) {
      throw new TaskFailedException("EventBridge.FailedEntry", answer.toString());
    }
    return answer;
  }

  private interface Call {
    JsonNode run();
  }

  private static JsonNode call(String service, Call call) throws TaskFailedException {
    var requestId = UUID.randomUUID().toString();
    try {
      return call.run() instanceof ObjectNode answer
          ? withMetadata(answer, requestId)
          : Json.object();
    } catch (AwsException e) {
      var type = e.type().endsWith("Exception") ? e.type() : e.type() + "Exception";
      throw new TaskFailedException(
          service + "." + type,
          e.text()
              + " (Service: "
              + service
              + ", Status Code: "
              + e.status()
              + ", Request ID: "
              + requestId
              + ")");
    }
  }

  /** What Step Functions shows of the HTTP answer behind every result. */
  private static JsonNode withMetadata(ObjectNode answer, String requestId) {
    answer.putObject("SdkHttpMetadata").put("HttpStatusCode", 200);
    answer.putObject("SdkResponseMetadata").put("RequestId", requestId);
    return answer;
  }

  /** A message body may be JSON in a state machine; a queue takes text. */
  private static JsonNode withText(JsonNode arguments) {
    var request = (ObjectNode) arguments.deepCopy();
    if (request.path("MessageBody").isContainerNode()) {
      request.put("MessageBody", request.get("MessageBody").toString());
    }
    return request;
  }

  private static String pascal(String action) {
    return action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1);
  }
}
