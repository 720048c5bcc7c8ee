package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.clock.StackClock;
import io.leadloom.local.toy.Recorder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.SyncExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The toy template, driven from outside through the AWS SDK and over HTTP. */
class StackIT {

  private static final String FLOW = "arn:aws:states:us-east-1:000000000000:stateMachine:flow";

  @TempDir static Path data;
  private static ToyStack toy;

  /**
   * A day in a second: the stack has a schedule, so that the fastest clock would go on and on, and
   * messages would be forgotten before a test comes to read them.
   */
  private static final StackClock CLOCK =
      StackClock.startingAt(Instant.parse("2026-03-02T09:00:30Z"), 86_400);

  @BeforeAll
  static void start() {
    toy = new ToyStack(data, CLOCK);
  }

  @AfterAll
  static void stop() {
    toy.close();
    CLOCK.close();
  }

  @Test
  void functionsShareTheEnvironmentOfTheTemplate() {
    assertThat(toy.environment)
        .containsEntry("GREETING", "Hello")
        .containsEntry("TABLE_NAME", "toys")
        .containsEntry("AWS_ENDPOINT_URL", toy.stack.awsUrl().toString());
  }

  @Test
  void requestReachesItsFunctionInPayloadFormatTwo() {
    var response =
        toy.send(
            toy.request("/items/a%20b?x=1&x=2&y=")
                .header("Cookie", "k=v; l=w")
                .header("X-Two", "1")
                .header("X-Two", "2")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json"));
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2");
    assertThat(response.headers().firstValue("x-toy")).contains("1");
    var event = Json.parse(response.body());
    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.path("routeKey").asText()).isEqualTo("ANY /items/{id}");
    assertThat(event.at("/pathParameters/id").asText()).isEqualTo("a b");
    assertThat(event.at("/queryStringParameters/x").asText()).isEqualTo("1,2");
    assertThat(event.at("/headers/x-two").asText()).isEqualTo("1,2");
    assertThat(event.path("cookies")).hasSize(2);
    assertThat(event.path("body").asText()).isEqualTo("{}");
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    assertThat(event.at("/requestContext/http/method").asText()).isEqualTo("POST");
    assertThat(event.at("/requestContext/time").asText()).contains("/2026:");
  }

  @Test
  void binaryBodyArrivesInBase64() {
    var response =
        toy.send(
            toy.request("/items/1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("a=1")));
    var event = Json.parse(response.body());
    assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    assertThat(event.path("body").asText()).isEqualTo("YT0x");
  }

  @Test
  void mostSpecificRouteWins() {
    assertThat(routeOf("/items/known")).isEqualTo("GET /items/known");
    assertThat(routeOf("/items/other")).isEqualTo("ANY /items/{id}");
    assertThat(routeOf("/files/a/b/c")).isEqualTo("GET /files/{proxy+}");
  }

  private static String routeOf(String path) {
    return Json.parse(toy.send(toy.request(path)).body()).path("routeKey").asText();
  }

  @Test
  void unknownPathAndFailingFunctionAnswerAsApiGatewayDoes() {
    assertThat(toy.send(toy.request("/nowhere")))
        .returns(404, HttpResponse::statusCode)
        .returns("{\"message\":\"Not Found\"}", HttpResponse::body);
    assertThat(toy.send(toy.request("/fail").POST(HttpRequest.BodyPublishers.noBody())))
        .returns(500, HttpResponse::statusCode)
        .returns("{\"message\":\"Internal Server Error\"}", HttpResponse::body);
    var health = Json.parse(toy.send(toy.request("/health")).body());
    assertThat(health.path("status").asText()).isEqualTo("up");
    assertThat(Path.of(health.path("data").asText())).isDirectory();
  }

  @Test
  void preflightIsAnsweredForKnownOriginsOnly() {
    var known = preflight("https://app.example");
    assertThat(known.headers().firstValue("access-control-allow-origin"))
        .contains("https://app.example");
    assertThat(known.headers().firstValue("access-control-allow-methods")).contains("GET,POST");
    assertThat(preflight("https://other.example").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  private static HttpResponse<String> preflight(String origin) {
    return toy.send(
        toy.request("/items/1")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "GET"));
  }

  @Test
  void functionIsInvokedByNameArnAndAlias() {
    try (var lambda = toy.client(LambdaClient.builder())) {
      for (var name :
          new String[] {
            "AddFunction",
            "arn:aws:lambda:us-east-1:000000000000:function:AddFunction",
            "arn:aws:lambda:us-east-1:000000000000:function:AddFunction:live"
          }) {
        var result =
            lambda.invoke(b ->
                b.functionName(name).payload(SdkBytes.fromUtf8String("{\"left\":1,\"right\":2}")));
        assertThat(result.functionError()).isNull();
        assertThat(Json.parse(result.payload().asByteArray()).path("sum").asInt()).isEqualTo(3);
      }
      assertThatThrownBy(() -> lambda.invoke(b -> b.functionName("Nobody")))
          .isInstanceOf(
              software.amazon.awssdk.services.lambda.model.ResourceNotFoundException.class);
      assertThat(lambda.listFunctions().functions()).hasSize(4);
    }
  }

  @Test
  void exceptionAndTimeoutAreReportedAsLambdaDoes() {
    try (var lambda = toy.client(LambdaClient.builder())) {
      var thrown =
          lambda.invoke(
              b -> b.functionName("AddFunction").payload(SdkBytes.fromUtf8String("{\"left\":-1}")));
      assertThat(thrown.functionError()).isEqualTo("Unhandled");
      var error = Json.parse(thrown.payload().asByteArray());
      assertThat(error.path("errorType").asText()).isEqualTo("java.lang.IllegalArgumentException");
      assertThat(error.path("errorMessage").asText()).isEqualTo("left is negative: -1");
      assertThat(error.path("stackTrace").path(0).asText()).contains("AddHandler.handleRequest");

      var late =
          lambda.invoke(
              b -> b.functionName("AddFunction").payload(SdkBytes.fromUtf8String("{\"left\":0}")));
      assertThat(late.payload().asUtf8String())
          .contains("Sandbox.Timedout", "Task timed out after 1.00 seconds");
    }
  }

  @Test
  void asynchronousCallIsRetriedAndThenReported() {
    try (var lambda = toy.client(LambdaClient.builder());
        var sqs = toy.client(SqsClient.builder())) {
      lambda.invoke(b ->
          b.functionName("AddFunction")
              .invocationType(InvocationType.EVENT)
              .payload(SdkBytes.fromUtf8String("{\"left\":-7}")));
      var report = Json.parse(receive(sqs, "FailedCalls"));
      assertThat(report.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
      assertThat(report.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(2);
      assertThat(report.at("/requestPayload/left").asInt()).isEqualTo(-7);
    }
  }

  @Test
  void tableOfTheNestedTemplateIsThere() {
    try (var dynamo = toy.client(DynamoDbClient.builder())) {
      var item = Map.of("id", AttributeValue.fromS("one"));
      dynamo.putItem(b -> b.tableName("toys").item(item));
      assertThatThrownBy(() ->
              dynamo.putItem(b ->
                  b.tableName("toys").item(item).conditionExpression("attribute_not_exists(id)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
      assertThat(dynamo.describeTimeToLive(b -> b.tableName("toys")).timeToLiveDescription())
          .hasToString("TimeToLiveDescription(TimeToLiveStatus=ENABLED, AttributeName=expiresAt)");
    }
  }

  @Test
  void queueIsReadInBatchesWithPartialFailuresAndRedrive() {
    try (var sqs = toy.client(SqsClient.builder())) {
      var url = sqs.getQueueUrl(b -> b.queueName("Orders")).queueUrl();
      assertThat(url).startsWith(toy.stack.awsUrl().toString());
      for (var body : new String[] {"good-1", "late-1", "bad-1"}) {
        sqs.sendMessage(b -> b.queueUrl(url).messageBody(body));
      }
      assertThat(receive(sqs, "DeadOrders")).isEqualTo("bad-1");
      ToyStack.await(
          "an empty queue",
          () ->
              sqs
                  .getQueueAttributes(b -> b.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                  .attributes()
                  .entrySet()
                  .stream()
                  .filter(e -> e.getKey().toString().startsWith("ApproximateNumberOfMessages"))
                  .allMatch(e -> e.getValue().equals("0")));
      assertThat(Recorder.ORDERS.stream().filter("good-1"::equals)).hasSize(1);
      assertThat(Recorder.ORDERS.stream().filter("late-1"::equals)).hasSize(2);
      assertThat(Recorder.ORDERS.stream().filter("bad-1"::equals)).hasSize(3);
    }
  }

  /** Waits for a message and takes it. */
  private static String receive(SqsClient sqs, String queue) {
    var url = sqs.getQueueUrl(b -> b.queueName(queue)).queueUrl();
    var bodies = new ArrayList<String>();
    ToyStack.await(
        "a message in " + queue,
        () -> {
          var messages = sqs.receiveMessage(b -> b.queueUrl(url).maxNumberOfMessages(1)).messages();
          for (var message : messages) {
            sqs.deleteMessage(b -> b.queueUrl(url).receiptHandle(message.receiptHandle()));
            bodies.add(message.body());
          }
          return !messages.isEmpty();
        });
    return bodies.getFirst();
  }

  @Test
  void machineRunsThroughFunctionWaitTableAndEvent() {
    try (var sfn = toy.client(SfnClient.builder());
        var sqs = toy.client(SqsClient.builder());
        var dynamo = toy.client(DynamoDbClient.builder())) {
      var before = CLOCK.instant();
      var arn =
          sfn.startExecution(b -> b.stateMachineArn(FLOW).name("big").input("{\"left\": 40}"))
              .executionArn();
      ToyStack.await("the end of " + arn, () -> status(sfn, arn) != ExecutionStatus.RUNNING);
      var execution = sfn.describeExecution(b -> b.executionArn(arn));
      assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(execution.output()).isEqualTo("{\"sum\":42}");
      assertThat(CLOCK.instant()).isAfterOrEqualTo(before.plusSeconds(86400));
      var item =
          dynamo.getItem(b -> b.tableName("toys").key(Map.of("id", AttributeValue.fromS("big"))));
      assertThat(item.item()).containsEntry("sum", AttributeValue.fromN("42"));
      assertThat(receive(sqs, "Seen")).isEqualTo("{\"big\": 420, \"text\": \"amount 420\"}");

      assertThatThrownBy(
              () -> sfn.startExecution(b -> b.stateMachineArn(FLOW).name("big").input("{}")))
          .isInstanceOf(ExecutionAlreadyExistsException.class);
      assertThat(sfn.listExecutions(b -> b.stateMachineArn(FLOW)).executions()).isNotEmpty();
    }
  }

  @Test
  void synchronousExecutionIsWaitedForWhileTimeGoesOn() {
    // Otherwise the SDK puts "sync-" before the host, which no local name server knows.
    try (var sfn =
        toy.client(
            SfnClient.builder()
                .overrideConfiguration(c ->
                    c.putAdvancedOption(
                        SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)))) {
      var machine =
          sfn.createStateMachine(b ->
                  b.name("pausing")
                      .type(StateMachineType.EXPRESS)
                      .roleArn("arn:aws:iam::000000000000:role/any")
                      .definition(
                          """
                          {"StartAt": "Pause", "States": {
                            "Pause": {"Type": "Wait", "Seconds": 200, "End": true}}}
                          """))
              .stateMachineArn();
      var end = sfn.startSyncExecution(b -> b.stateMachineArn(machine).input("{\"n\":1}"));
      assertThat(end.status()).isEqualTo(SyncExecutionStatus.SUCCEEDED);
      assertThat(end.output()).isEqualTo("{\"n\":1}");
      assertThat(end.stopDate()).isAfterOrEqualTo(end.startDate().plusSeconds(200));
    }
  }

  @Test
  void runOfADistributedMapAndItsChildrenAreShown() {
    try (var sfn = toy.client(SfnClient.builder())) {
      var machine =
          sfn.createStateMachine(b ->
                  b.name("mapping")
                      .roleArn("arn:aws:iam::000000000000:role/any")
                      .definition(
                          """
                          {"StartAt": "All", "States": {"All": {"Type": "Map", "Label": "all",
                            "ToleratedFailurePercentage": 50, "End": true, "ItemProcessor": {
                              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                              "StartAt": "Odd", "States": {
                                "Odd": {"Type": "Choice", "Default": "Good", "Choices": [
                                  {"Variable": "$", "NumericEquals": 2, "Next": "Bad"}]},
                                "Good": {"Type": "Succeed"},
                                "Bad": {"Type": "Fail", "Error": "Even"}}}}}}
                          """))
              .stateMachineArn();
      var execution =
          sfn.startExecution(b -> b.stateMachineArn(machine).input("[1,2,3]")).executionArn();
      ToyStack.await("the end", () -> status(sfn, execution) == ExecutionStatus.SUCCEEDED);
      var run = sfn.listMapRuns(b -> b.executionArn(execution)).mapRuns().getFirst().mapRunArn();
      var described = sfn.describeMapRun(b -> b.mapRunArn(run));
      assertThat(described.status()).isEqualTo(MapRunStatus.SUCCEEDED);
      assertThat(described.toleratedFailurePercentage()).isEqualTo(50f);
      assertThat(described.itemCounts().succeeded()).isEqualTo(2);
      assertThat(described.executionCounts().failed()).isEqualTo(1);
      var failed =
          sfn.listExecutions(b -> b.mapRunArn(run).statusFilter(ExecutionStatus.FAILED))
              .executions()
              .getFirst();
      assertThat(failed.itemCount()).isEqualTo(1);
      assertThat(sfn.describeExecution(b -> b.executionArn(failed.executionArn())))
          .returns("Even", e -> e.error())
          .returns("2", e -> e.input())
          .returns(run, e -> e.mapRunArn());
      assertThatThrownBy(() -> sfn.describeMapRun(b -> b.mapRunArn(run + "0")))
          .isInstanceOf(software.amazon.awssdk.services.sfn.model.ResourceNotFoundException.class);
    }
  }

  @Test
  void oneStateIsTriedByItself() {
    // The SDK puts "sync-" before the host here, too.
    try (var sfn =
        toy.client(
            SfnClient.builder()
                .overrideConfiguration(c ->
                    c.putAdvancedOption(
                        SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)))) {
      var answer =
          sfn.testState(b ->
              b.inspectionLevel(InspectionLevel.DEBUG)
                  .input("{\"left\": 40}")
                  .definition(
                      """
                      {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "On",
                       "Parameters": {"FunctionName": "AddFunction", "Payload.$": "$"},
                       "OutputPath": "$.Payload"}
                      """));
      assertThat(answer.status()).isEqualTo(TestExecutionStatus.SUCCEEDED);
      assertThat(answer.nextState()).isEqualTo("On");
      assertThat(Json.parse(answer.output()).path("sum").asInt()).isEqualTo(40);
      assertThat(answer.inspectionData().afterParameters()).contains("\"Payload\":{\"left\":40}");
      assertThat(answer.inspectionData().result()).contains("\"StatusCode\":200");
    }
  }

  private static ExecutionStatus status(SfnClient sfn, String arn) {
    return sfn.describeExecution(b -> b.executionArn(arn)).status();
  }

  @Test
  void failureOfAFunctionIsCaughtByItsClassNameAndTheBadEndBecomesAnEvent() {
    try (var sfn = toy.client(SfnClient.builder());
        var sqs = toy.client(SqsClient.builder())) {
      var arn =
          sfn.startExecution(b -> b.stateMachineArn(FLOW).name("no").input("{\"left\": -1}"))
              .executionArn();
      ToyStack.await("the end of " + arn, () -> status(sfn, arn) != ExecutionStatus.RUNNING);
      var execution = sfn.describeExecution(b -> b.executionArn(arn));
      assertThat(execution.error()).isEqualTo("Refused");
      assertThat(execution.cause()).isEqualTo("left is negative: -1");
      assertThat(receive(sqs, "Broken")).isEqualTo("\"left is negative: -1\"");
    }
  }

  @Test
  @SuppressWarnings("unchecked") // the SDK's array of builders
  void eventIsMatchedByPattern() {
    try (var events = toy.client(EventBridgeClient.builder())) {
      var answer =
          events.putEvents(b ->
              b.entries(
                  e -> e.eventBusName("toy-bus").source("toy").detailType("x").detail("{}"),
                  e -> e.eventBusName("no-bus").source("toy").detailType("x").detail("{}"),
                  e -> e.eventBusName("toy-bus").source("toy").detailType("x").detail("[")));
      assertThat(answer.failedEntryCount()).isEqualTo(2);
      assertThat(answer.entries().get(0).eventId()).isNotEmpty();
      assertThat(answer.entries().get(2).errorCode()).isEqualTo("MalformedDetail");
      assertThat(events.listRules(b -> b.eventBusName("toy-bus")).rules())
          .singleElement()
          .returns("BigOrder", rule -> rule.name());
    }
  }

  @Test
  void scheduleRunsByTheClockOfTheStack() {
    ToyStack.await("three ticks", () -> Recorder.TICKS.size() >= 3);
    var first = Instant.parse(List.copyOf(Recorder.TICKS).getFirst());
    assertThat(first).isAfterOrEqualTo("2026-03-02T10:00:30Z");
    assertThat(List.copyOf(Recorder.TICKS).subList(0, 3))
        .containsExactly(
            first.toString(),
            first.plus(Duration.ofHours(1)).toString(),
            first.plus(Duration.ofHours(2)).toString());
  }

  @Test
  void secretsAndParametersAreServed() {
    try (var secrets = toy.client(SecretsManagerClient.builder());
        var ssm = toy.client(SsmClient.builder());
        var sts = toy.client(StsClient.builder())) {
      assertThat(secrets.getSecretValue(b -> b.secretId("toy/api-key")).secretString())
          .isEqualTo("made-up");
      var arn = secrets.createSecret(b -> b.name("toy/new").secretString("1")).arn();
      secrets.putSecretValue(b -> b.secretId(arn).secretString("2"));
      assertThat(secrets.getSecretValue(b -> b.secretId("toy/new")).secretString()).isEqualTo("2");
      assertThatThrownBy(() -> secrets.getSecretValue(b -> b.secretId("toy/none")))
          .isInstanceOf(
              software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException.class);
      assertThat(ssm.getParameter(b -> b.name("/toy/setting")).parameter().value())
          .isEqualTo("Hello, us-east-1");
      assertThat(ssm.getParametersByPath(b -> b.path("/toy")).parameters()).hasSize(1);
      assertThat(sts.getCallerIdentity().account()).isEqualTo("000000000000");
    }
  }

  @Test
  void unknownServiceIsRefusedByName() {
    var response =
        toy.send(
            HttpRequest.newBuilder(toy.stack.awsUrl())
                .header("X-Amz-Target", "Logs_20140328.DescribeLogGroups")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("UnknownOperationException", "no service for Logs_20140328.DescribeLogGroups");
  }
}
