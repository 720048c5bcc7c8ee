package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.clock.StackClock;
import io.leadloom.states.StatesService;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a stack keeps over its end, clean or not. */
class RestartIT {

  private static final String FLOW = "arn:aws:states:us-east-1:000000000000:stateMachine:flow";
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final int EXECUTIONS = 20;

  @TempDir Path data;

  @Test
  void restartedStackKeepsItsData() {
    try (var clock = StackClock.startingAt(START, 1);
        var first = new ToyStack(data, clock);
        var dynamo = first.client(DynamoDbClient.builder());
        var secrets = first.client(SecretsManagerClient.builder());
        var sqs = first.client(SqsClient.builder())) {
      dynamo.putItem(b -> b.tableName("toys").item(key("kept")));
      secrets.putSecretValue(b -> b.secretId("toy/api-key").secretString("changed"));
      var url = sqs.getQueueUrl(b -> b.queueName("Seen")).queueUrl();
      sqs.sendMessage(b -> b.queueUrl(url).messageBody("kept"));
    }
    try (var clock = StackClock.startingAt(START, 1);
        var second = new ToyStack(data, clock);
        var dynamo = second.client(DynamoDbClient.builder());
        var secrets = second.client(SecretsManagerClient.builder());
        var sqs = second.client(SqsClient.builder())) {
      assertThat(dynamo.getItem(b -> b.tableName("toys").key(key("kept"))).hasItem()).isTrue();
      assertThat(secrets.getSecretValue(b -> b.secretId("toy/api-key")).secretString())
          .isEqualTo("changed");
      var url = sqs.getQueueUrl(b -> b.queueName("Seen")).queueUrl();
      assertThat(sqs.receiveMessage(b -> b.queueUrl(url)).messages())
          .singleElement()
          .returns("kept", message -> message.body());
    }
  }

  @Test
  void killedStackGoesOnWhereItWas() throws IOException, InterruptedException {
    // Time passes only while nothing runs, so at this speed the day's wait takes some seconds.
    var process = fork(data);
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      var url = URI.create(lineAfter(output, "AWS "));
      try (var sfn = ToyStack.client(SfnClient.builder(), url)) {
        for (var i = 0; i < EXECUTIONS; i++) {
          var name = "run-" + i;
          sfn.startExecution(b -> b.stateMachineArn(FLOW).name(name).input("{\"left\": 40}"));
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    var resumed = StatesService.lastInstant(data.resolve("states.mv")).orElse(START);
    try (var clock = StackClock.startingAt(resumed, StackClock.AS_FAST_AS_POSSIBLE);
        var stack = new ToyStack(data, clock);
        var sfn = stack.client(SfnClient.builder());
        var dynamo = stack.client(DynamoDbClient.builder())) {
      ToyStack.await(
          "the end of all executions",
          () ->
              sfn.listExecutions(
                          b -> b.stateMachineArn(FLOW).statusFilter(ExecutionStatus.SUCCEEDED))
                      .executions()
                      .size()
                  == EXECUTIONS);
      for (var i = 0; i < EXECUTIONS; i++) {
        var name = "run-" + i;
        assertThat(dynamo.getItem(b -> b.tableName("toys").key(key(name))).hasItem()).isTrue();
      }
    }
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static String lineAfter(BufferedReader output, String prefix) throws IOException {
    while (true) {
      var line = Objects.requireNonNull(output.readLine(), "the stack did not start");
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
    }
  }

  private static Process fork(Path data) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Forked.class.getName());
    command.add(data.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The stack in a process of its own. */
  static final class Forked {

    private Forked() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
      var clock = StackClock.startingAt(START, 1000);
      var stack = new ToyStack(Path.of(arguments[0]), clock);
      System.out.println("AWS " + stack.stack.awsUrl());
      Thread.currentThread().join();
    }
  }
}
