package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.leadloom.clock.StackClock;
import io.leadloom.states.TaskFailedException;
import io.leadloom.states.TaskServices;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The services that the recordings needed, as far as they needed them. */
final class RecordedWorld implements TaskServices {

  private static final String BUCKET = "sample-bucket";
  private static final String QUEUE =
      "https://sqs.us-east-1.amazonaws.com/111111111111/sample-queue";
  private static final String TOPIC = "arn:aws:sns:us-east-1:111111111111:sample-topic";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:";

  private final StackClock clock;
  private final Map<String, String> behaviours = new ConcurrentHashMap<>();
  private final Map<String, String> objects = new TreeMap<>();
  private final List<JsonNode> actors = new ArrayList<>();
  private final Consumer<JsonNode> received;
  private final CompletableFuture<AwsWire> wire = new CompletableFuture<>();

  RecordedWorld(StackClock clock, JsonNode scenario) {
    this(clock, scenario, message -> {});
  }

  /**
   * @param received is told of each message before anybody answers it
   */
  RecordedWorld(StackClock clock, JsonNode scenario, Consumer<JsonNode> received) {
    this.clock = clock;
    this.received = received;
    for (var lambda : scenario.path("lambdas")) {
      behaviours.put(lambda.path("name").asText(), lambda.path("behaviour").asText());
    }
    scenario.path("actors").forEach(actors::add);
  }

  void attach(AwsWire states) {
    wire.complete(states);
  }

  /** Puts its names into a definition or an input. */
  String filled(String text) {
    return text.replace("${lambdaArn}", functionArn())
        .replace("${queueUrl}", QUEUE)
        .replace("${topicArn}", TOPIC)
        .replace("${bucket}", BUCKET);
  }

  /** The ARN of the scenario's first function. */
  private String functionArn() {
    Iterator<String> names = behaviours.keySet().iterator();
    return FUNCTION + (names.hasNext() ? names.next() : "no-function");
  }

  void putObject(String key, String body) {
    objects.put(key, body);
  }

  @Override
  public boolean holdsClock(String resource, JsonNode arguments) {
    return !"sleep-60".equals(behaviours.get(name(arguments)));
  }

  private static String name(JsonNode arguments) {
    var name = arguments.path("FunctionName").asText();
    return name.substring(name.lastIndexOf(':') + 1);
  }

  @Override
  public JsonNode call(String resource, JsonNode arguments) throws TaskFailedException {
    return switch (resource) {
      case "lambda:function" -> invokeByArn(arguments);
      case "lambda:invoke" -> invokeByService(arguments);
      case "sqs:sendMessage" -> sendMessage(arguments);
      case "sns:publish" -> publish(arguments);
      case "s3:getObject", "aws-sdk:s3:getObject" -> getObject(arguments);
      case "s3:listObjectsV2", "aws-sdk:s3:listObjects" -> listObjects(arguments);
      case "aws-sdk:s3:listBuckets" -> Json.object().set("Buckets", Json.array());
      case "aws-sdk:dynamodb:putItem" -> throw putItem(arguments);
      case "aws-sdk:secretsmanager:createSecret" ->
          throw new TaskFailedException(
              "SecretsManager.SecretsManagerException",
              "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
                  + " following: -/_+=.@! (Service: SecretsManager, Status Code: 400, Request ID: "
                  + UUID.randomUUID()
                  + ")");
      default -> throw new TaskFailedException("Test.UnknownService", resource);
    };
  }

  private JsonNode invoke(String name, JsonNode event) throws TaskFailedException {
    return switch (behaviours.getOrDefault(name, "")) {
      case "echo" -> event.isMissingNode() ? Json.object() : event;
      case "raise-Exception" ->
          throw raise(
              "Exception",
              "Some exception was raised.",
              2,
              "raise Exception(\"Some exception was raised.\")");
      case "raise-CustomException" ->
          throw raise("CustomException", "", 9, "raise CustomException()");
      case "bytes-string" -> TextNode.valueOf("HelloWorld!");
      case "large-output" -> TextNode.valueOf("a".repeat(257 * 1024));
      case "sleep-60" -> {
        sleep();
        yield event;
      }
      default ->
          throw new TaskFailedException(
              "Lambda.ResourceNotFoundException",
              "Function not found: "
                  + FUNCTION
                  + name
                  + ":$LATEST (Service: AWSLambda; Status Code: 404; Error Code:"
                  + " ResourceNotFoundException; Request ID: "
                  + UUID.randomUUID()
                  + "; Proxy: null)");
    };
  }

  private static TaskFailedException raise(
      String type, String message, int line, String statement) {
    var cause = Json.object();
    cause.put("errorMessage", message);
    cause.put("errorType", type);
    cause.put("requestId", UUID.randomUUID().toString());
    cause
        .putArray("stackTrace")
        .add(
            "  File \"/var/task/handler.py\", line %d, in handler\n    %s\n"
                .formatted(line, statement));
    return new TaskFailedException(type, cause.toString());
  }

  /** A function that is called by its ARN alone shows its errors as Python wrote them. */
  private JsonNode invokeByArn(JsonNode arguments) throws TaskFailedException {
    try {
      return invoke(name(arguments), arguments.path("Payload"));
    } catch (TaskFailedException e) {
      throw new TaskFailedException(
          e.error(), e.cause().replaceAll("([\"\\]]),\"", "$1, \"").replace("\":", "\": "));
    }
  }

  private void sleep() {
    var over = new CountDownLatch(1);
    clock.schedule(clock.instant().plusSeconds(60), over::countDown);
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode invokeByService(JsonNode arguments) throws TaskFailedException {
    var answer = Json.object();
    answer.put("ExecutedVersion", "$LATEST");
    answer.set("Payload", invoke(name(arguments), arguments.path("Payload")));
    answer.put("StatusCode", 200);
    return answer;
  }

  private JsonNode sendMessage(JsonNode arguments) throws TaskFailedException {
    if (!arguments.path("QueueUrl").asText().equals(QUEUE)) {
      throw new TaskFailedException(
          "SQS.SdkClientException",
          "Unable to execute HTTP request: no-such-queue-fa484d45: Name or service not known");
    }
    var body = arguments.path("MessageBody");
    if (body.isNull() || body.isMissingNode()) {
      throw new TaskFailedException(
          "SQS.AmazonSQSException",
          "The request must contain the parameter MessageBody. (Service: AmazonSQS; Status Code:"
              + " 400; Error Code: MissingParameter; Request ID: "
              + UUID.randomUUID()
              + "; Proxy: null)");
    }
    received.accept(body);
    act(body);
    var answer = Json.object();
    answer.put("MD5OfMessageBody", md5(body.toString()));
    answer.put("MessageId", UUID.randomUUID().toString());
    return answer;
  }

  private JsonNode publish(JsonNode arguments) {
    received.accept(arguments.path("Message"));
    act(arguments.path("Message"));
    return Json.object().put("MessageId", UUID.randomUUID().toString());
  }

  /** Lets the scenario's actor answer a message in a while. */
  void act(JsonNode message) {
    if (actors.isEmpty() || !message.path("TaskToken").isTextual()) {
      return;
    }
    var token = message.path("TaskToken").asText();
    switch (actors.getFirst().asText()) {
      case "sqs-success" -> later(1, () -> success(token, message.path("Message")));
      case "sns-via-sqs-success" -> later(1, () -> success(token, Json.object()));
      case "sqs-failure" ->
          later(
              1,
              () ->
                  send(
                      "SendTaskFailure",
                      token(token).put("error", "Failure error").put("cause", "Failure cause")));
      case "sqs-failure-without-error" -> later(1, () -> send("SendTaskFailure", token(token)));
      case "sqs-heartbeat-success" -> {
        later(5, () -> send("SendTaskHeartbeat", token(token)));
        later(6, () -> success(token, message.path("Message")));
      }
      case "sqs-10-heartbeats-then-success" -> {
        for (int i = 1; i <= 10; i++) {
          later(50 * i, () -> send("SendTaskHeartbeat", token(token)));
        }
        later(510, () -> success(token, message));
      }
      default -> throw new IllegalStateException("No such actor: " + actors);
    }
  }

  private void later(int seconds, Runnable action) {
    clock.schedule(clock.instant().plus(Duration.ofSeconds(seconds)), action);
  }

  private static ObjectNode token(String token) {
    return Json.object().put("taskToken", token);
  }

  private void success(String token, JsonNode output) {
    send("SendTaskSuccess", token(token).put("output", output.toString()));
  }

  private void send(String action, JsonNode request) {
    try {
      wire.join().states(action, request);
    } catch (AwsException e) {
      // Who hears of a task twice may answer it twice.
      if (!e.type().equals("TaskTimedOut")) {
        throw e;
      }
    }
  }

  private JsonNode getObject(JsonNode arguments) throws TaskFailedException {
    checkBucket(arguments);
    var body = objects.get(arguments.path("Key").asText());
    if (body == null) {
      throw new TaskFailedException(
          "S3.NoSuchKeyException",
          "The specified key does not exist. (Service: S3, Status Code: 404, Request ID: 1,"
              + " Extended Request ID: 2)");
    }
    return Json.object().put("Body", body);
  }

  private static void checkBucket(JsonNode arguments) throws TaskFailedException {
    if (!arguments.path("Bucket").asText().equals(BUCKET)) {
      throw new TaskFailedException(
          "S3.NoSuchBucketException",
          "The specified bucket does not exist (Service: S3, Status Code: 404, Request ID: 1,"
              + " Extended Request ID: 2)");
    }
  }

  private JsonNode listObjects(JsonNode arguments) throws TaskFailedException {
    checkBucket(arguments);
    var answer = Json.object();
    var contents = answer.putArray("Contents");
    objects.forEach((key, body) ->
        contents
            .addObject()
            .put("ETag", "\"" + md5(body) + "\"")
            .put("Key", key)
            .put("LastModified", clock.instant().getEpochSecond())
            .put("Size", body.length())
            .put("StorageClass", "STANDARD"));
    return answer;
  }

  private static TaskFailedException putItem(JsonNode arguments) {
    return arguments.path("Item").isNull()
        ? new TaskFailedException(
            "DynamoDb.DynamoDbException",
            "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member"
                + " must not be null (Service: DynamoDb, Status Code: 400, Request ID: 1)")
        : new TaskFailedException(
            "DynamoDb.ResourceNotFoundException",
            "Requested resource not found (Service: DynamoDb, Status Code: 400, Request ID: 1)");
  }

  /** Works as the scenario's activity worker, if it has one. */
  void workOn(String activityArn) {
    for (var actor : actors) {
      var kind = actor.asText();
      if (kind.startsWith("activity-consumer")) {
        // Taken before anything can be scheduled, so that no time passes while it works.
        var hold = clock.hold();
        Thread.startVirtualThread(() -> {
          try (hold) {
            work(activityArn, kind);
          }
        });
      }
    }
  }

  private void work(String activityArn, String kind) {
    var request = Json.object();
    request.put("activityArn", activityArn);
    request.put("workerName", "BASE_ID_ACTIVITY_CONSUMER");
    var task = wire.join().states("GetActivityTask", request);
    var token = task.path("taskToken").asText();
    if (kind.contains("timeout") || token.isEmpty()) {
      return;
    }
    if (kind.contains("heartbeat")) {
      send("SendTaskHeartbeat", token(token));
    }
    success(token, Json.parse(task.path("input").asText()));
  }

  private static String md5(String text) {
    try {
      var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
