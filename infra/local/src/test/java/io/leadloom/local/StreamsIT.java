package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.clock.StackClock;
import io.leadloom.local.toy.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Functions that follow a table, on a clock that jumps. */
class StreamsIT {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  @TempDir Path data;

  @BeforeEach
  void forget() {
    Recorder.CHANGES.clear();
  }

  @Test
  void changesComeInOrderInFullBatchesAndAfterTheWindow() {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var toy = new ToyStack(data, clock, "/toy/streams.yaml");
        var dynamo = toy.client(DynamoDbClient.builder())) {
      // Work under way, so that all is written before any window ends.
      try (var writing = clock.hold()) {
        for (var id : List.of("a", "unwanted", "b", "c", "d", "e")) {
          put(dynamo, id);
        }
        dynamo.deleteItem(b -> b.tableName("followed").key(key("a")));
      }
      ToyStack.await("two batches", () -> Recorder.CHANGES.size() == 2);
      assertThat(Recorder.CHANGES)
          .containsExactly(
              List.of("INSERT a", "INSERT b", "INSERT c", "INSERT d"),
              List.of("INSERT e", "REMOVE a"));
      assertThat(clock.instant()).isAfterOrEqualTo(START.plusSeconds(60));
    }
  }

  @Test
  void brokenRecordIsFoundByHalvesAndGivenUp() {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var toy = new ToyStack(data, clock, "/toy/streams.yaml");
        var dynamo = toy.client(DynamoDbClient.builder());
        var sqs = toy.client(SqsClient.builder())) {
      try (var writing = clock.hold()) {
        for (var id : List.of("a", "b", "broken", "d")) {
          put(dynamo, id);
        }
      }
      ToyStack.await("what comes after", () -> Recorder.CHANGES.contains(List.of("INSERT d")));
      assertThat(Recorder.CHANGES)
          .containsExactly(
              List.of("INSERT a", "INSERT b", "INSERT broken", "INSERT d"),
              List.of("INSERT a", "INSERT b"),
              List.of("INSERT broken", "INSERT d"),
              List.of("INSERT broken"),
              List.of("INSERT broken"),
              List.of("INSERT broken"),
              List.of("INSERT d"));
      var url = sqs.getQueueUrl(b -> b.queueName("given-up")).queueUrl();
      var reports = new ArrayList<String>();
      ToyStack.await(
          "a report",
          () -> {
            sqs.receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(5)).messages().stream()
                .map(m -> m.body())
                .forEach(reports::add);
            return !reports.isEmpty();
          });
      var report = Json.parse(reports.getFirst());
      assertThat(report.at("/requestContext/condition").asText())
          .isEqualTo("RetryAttemptsExhausted");
      assertThat(report.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
      assertThat(report.at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(1);
      assertThat(report.at("/DDBStreamBatchInfo/streamArn").asText())
          .startsWith("arn:aws:dynamodb:us-east-1:000000000000:table/followed/stream/");
    }
  }

  @Test
  void restartedStackGoesOnBehindWhatWasDone() {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var first = new ToyStack(data, clock, "/toy/streams.yaml");
        var dynamo = first.client(DynamoDbClient.builder())) {
      put(dynamo, "a");
      ToyStack.await("the first change", () -> !Recorder.CHANGES.isEmpty());
      ToyStack.await("rest", first.stack::idle);
    }
    try (var clock = StackClock.startingAt(START, 1);
        var second = new ToyStack(data, clock, "/toy/streams.yaml");
        var dynamo = second.client(DynamoDbClient.builder())) {
      // The window lasts a real minute here, so this stack ends before the batch begins.
      put(dynamo, "b");
    }
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var third = new ToyStack(data, clock, "/toy/streams.yaml")) {
      ToyStack.await("the second change", () -> Recorder.CHANGES.size() > 1);
      assertThat(third.stack.awsUrl()).isNotNull();
      assertThat(Recorder.CHANGES).containsExactly(List.of("INSERT a"), List.of("INSERT b"));
    }
  }

  @Test
  void itemWhoseTimeIsOverIsDeletedByTheClockOfTheStack() {
    try (var clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
        var toy = new ToyStack(data, clock, "/toy/streams.yaml");
        var dynamo = toy.client(DynamoDbClient.builder())) {
      try (var writing = clock.hold()) {
        dynamo.putItem(b -> b.tableName("followed").item(expiring("soon", 3600)));
        dynamo.putItem(b -> b.tableName("followed").item(expiring("renewed", 3600)));
        dynamo.batchWriteItem(b ->
            b.requestItems(
                Map.of(
                    "followed",
                    List.of(
                        WriteRequest.builder()
                            .putRequest(p -> p.item(expiring("batched", 3600)))
                            .build()))));
        dynamo.transactWriteItems(b ->
            b.transactItems(
                TransactWriteItem.builder()
                    .put(p -> p.tableName("followed").item(expiring("together", 3600)))
                    .build()));
        dynamo.updateItem(b ->
            b.tableName("followed")
                .key(key("renewed"))
                .updateExpression("SET expiresAt = :later")
                .expressionAttributeValues(
                    Map.of(
                        ":later",
                        AttributeValue.fromN(
                            Long.toString(START.plus(Duration.ofDays(30)).getEpochSecond())))));
      }
      ToyStack.await(
          "the end of all", () -> dynamo.scan(b -> b.tableName("followed")).items().isEmpty());
      ToyStack.await(
          "the news of it", () -> changes().contains("REMOVE renewed by dynamodb.amazonaws.com"));
      assertThat(changes())
          .contains(
              "REMOVE soon by dynamodb.amazonaws.com",
              "REMOVE batched by dynamodb.amazonaws.com",
              "REMOVE together by dynamodb.amazonaws.com",
              "MODIFY renewed");
      assertThat(clock.instant())
          .isBetween(START.plus(Duration.ofDays(30)), START.plus(Duration.ofDays(31)));
    }
  }

  private static List<String> changes() {
    return Recorder.CHANGES.stream().flatMap(List::stream).toList();
  }

  private static Map<String, AttributeValue> expiring(String id, long seconds) {
    var end = START.plusSeconds(seconds).getEpochSecond();
    return Map.of(
        "id", AttributeValue.fromS(id), "expiresAt", AttributeValue.fromN(Long.toString(end)));
  }

  private static void put(DynamoDbClient dynamo, String id) {
    dynamo.putItem(b -> b.tableName("followed").item(key(id)));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }
}
