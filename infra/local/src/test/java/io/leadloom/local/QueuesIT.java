package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.clock.StackClock;
import io.leadloom.local.toy.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** Queues as the AWS SDK and functions find them, on a clock that jumps. */
class QueuesIT {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final StackClock CLOCK =
      StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);

  @TempDir static Path data;
  private static ToyStack toy;
  private static SqsClient sqs;

  @BeforeAll
  static void start() {
    toy = new ToyStack(data, CLOCK, "/toy/queues.yaml");
    sqs = toy.client(SqsClient.builder());
  }

  @AfterAll
  static void stop() {
    sqs.close();
    toy.close();
    CLOCK.close();
  }

  @Test
  void delayPassesOnTheClockOfTheStack() {
    var url = url("plain");
    var before = CLOCK.instant();
    sqs.sendMessage(b ->
        b.queueUrl(url)
            .messageBody("later")
            .delaySeconds(900)
            .messageAttributes(
                Map.of(
                    "n",
                    MessageAttributeValue.builder().dataType("Number").stringValue("7").build())));
    var message = receive(url);
    assertThat(message.body()).isEqualTo("later");
    assertThat(message.messageAttributes())
        .containsEntry(
            "n", MessageAttributeValue.builder().dataType("Number").stringValue("7").build());
    assertThat(CLOCK.instant()).isAfterOrEqualTo(before.plusSeconds(900));
    // Nobody deletes it at first, so it comes back.
    var again = receive(url);
    assertThat(again.messageId()).isEqualTo(message.messageId());
    assertThat(again.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
        .isEqualTo("2");
    sqs.deleteMessage(b -> b.queueUrl(url).receiptHandle(again.receiptHandle()));
  }

  @Test
  void whatAFunctionNeverGetsDoneBecomesADeadLetterInTime() {
    var before = CLOCK.instant();
    sqs.sendMessage(b -> b.queueUrl(url("failing")).messageBody("broken for good"));
    var dead = receive(url("dead"));
    assertThat(dead.body()).isEqualTo("broken for good");
    assertThat(dead.attributesAsStrings().get("DeadLetterQueueSourceArn")).endsWith(":failing");
    assertThat(Recorder.BATCHES.stream().filter(List.of("broken for good")::equals)).hasSize(2);
    // The queue's delay, and its visibility timeout after each of two attempts.
    assertThat(Duration.between(before, CLOCK.instant()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(60 + 2 * 3600));
    assertThat(sqs.listDeadLetterSourceQueues(b -> b.queueUrl(url("dead"))).queueUrls())
        .containsExactly(url("failing"));
    sqs.deleteMessage(b -> b.queueUrl(url("dead")).receiptHandle(dead.receiptHandle()));
  }

  @Test
  void batchIsGatheredForItsWindowAndFiltered() {
    var url = url("gathered");
    var entries = new ArrayList<SendMessageBatchRequestEntry>();
    for (var kind : List.of("wanted", "other", "wanted")) {
      var id = "id-" + entries.size();
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(id)
              .messageBody("{\"kind\":\"" + kind + "\",\"id\":\"" + id + "\"}")
              .build());
    }
    assertThat(sqs.sendMessageBatch(b -> b.queueUrl(url).entries(entries)).successful()).hasSize(3);
    ToyStack.await("a batch", () -> Recorder.BATCHES.stream().anyMatch(QueuesIT::isGathered));
    assertThat(Recorder.BATCHES.stream().filter(QueuesIT::isGathered).toList())
        .singleElement()
        .satisfies(batch -> assertThat(batch).hasSize(2).allMatch(body -> body.contains("wanted")));
    ToyStack.await("an empty queue", () -> messagesIn(url) == 0);
  }

  private static boolean isGathered(List<String> batch) {
    return batch.stream().anyMatch(body -> body.contains("\"kind\""));
  }

  private static int messagesIn(String url) {
    return sqs
        .getQueueAttributes(b -> b.queueUrl(url).attributeNamesWithStrings("All"))
        .attributesAsStrings()
        .entrySet()
        .stream()
        .filter(e -> e.getKey().startsWith("ApproximateNumberOfMessages"))
        .mapToInt(e -> Integer.parseInt(e.getValue()))
        .sum();
  }

  @Test
  void groupKeepsItsOrderOverFailuresAndDropsRepetitions() {
    var url = url("ordered.fifo");
    for (var body : List.of("late-1", "late-1", "second", "third")) {
      sqs.sendMessage(b -> b.queueUrl(url).messageBody(body).messageGroupId("g"));
    }
    ToyStack.await("an empty queue", () -> messagesIn(url) == 0);
    var all =
        Recorder.BATCHES.stream()
            .filter(
                batch -> batch.stream().anyMatch(List.of("late-1", "second", "third")::contains))
            .flatMap(List::stream)
            .toList();
    assertThat(all.stream().filter("late-1"::equals)).hasSize(2);
    // What was done in the end came in the order of sending.
    assertThat(all.subList(all.lastIndexOf("late-1"), all.size()))
        .containsExactly("late-1", "second", "third");
  }

  @Test
  void standardQueueIsFairToItsGroups() {
    var url = sqs.createQueue(b -> b.queueName("fair")).queueUrl();
    // What is received stays at work: time stands still.
    try (var still = CLOCK.hold()) {
      for (var n = 0; n < 20; n++) {
        var body = "noisy-" + n;
        sqs.sendMessage(b -> b.queueUrl(url).messageBody(body).messageGroupId("noisy"));
      }
      assertThat(sqs.receiveMessage(b -> b.queueUrl(url).maxNumberOfMessages(10)).messages())
          .hasSize(10);
      sqs.sendMessage(b -> b.queueUrl(url).messageBody("quiet-1").messageGroupId("quiet"));
      sqs.sendMessageBatch(b ->
          b.queueUrl(url)
              .entries(
                  SendMessageBatchRequestEntry.builder()
                      .id("2")
                      .messageBody("quiet-2")
                      .messageGroupId("quiet")
                      .build()));
      var next = receive(url);
      assertThat(next.body()).isEqualTo("quiet-1");
      // A group of a standard queue is a mark: nothing is ordered, dropped or held back by it.
      assertThat(next.attributesAsStrings())
          .containsEntry("MessageGroupId", "quiet")
          .doesNotContainKeys("SequenceNumber", "MessageDeduplicationId");
      assertThat(receive(url).body()).isEqualTo("quiet-2");
      assertThat(receive(url).body()).startsWith("noisy-");
    }
    sqs.deleteQueue(b -> b.queueUrl(url));
  }

  @Test
  void longPollReturnsWithTheMessageThatComes() {
    var url = sqs.createQueue(b -> b.queueName("polled")).queueUrl();
    var poll =
        CompletableFuture.supplyAsync(
            () -> sqs.receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(20)).messages());
    sqs.sendMessage(b -> b.queueUrl(url).messageBody("here"));
    assertThat(poll.join()).singleElement().returns("here", Message::body);
    sqs.deleteQueue(b -> b.queueUrl(url));
  }

  @Test
  void deadLettersAreMovedBack() {
    var dead = sqs.createQueue(b -> b.queueName("moved-dead")).queueUrl();
    var deadArn = "arn:aws:sqs:us-east-1:000000000000:moved-dead";
    var source =
        sqs.createQueue(b ->
                b.queueName("moved")
                    .attributesWithStrings(
                        Map.of(
                            "RedrivePolicy",
                            "{\"deadLetterTargetArn\":\"" + deadArn + "\",\"maxReceiveCount\":3}")))
            .queueUrl();
    sqs.sendMessage(b -> b.queueUrl(dead).messageBody("again"));
    sqs.startMessageMoveTask(b -> b.sourceArn(deadArn));
    assertThat(receive(source).body()).isEqualTo("again");
    assertThat(sqs.listMessageMoveTasks(b -> b.sourceArn(deadArn)).results())
        .singleElement()
        .returns(1L, task -> task.approximateNumberOfMessagesMoved());
  }

  @Test
  void refusalsHaveTheirNames() {
    assertThatThrownBy(() -> sqs.getQueueUrl(b -> b.queueName("nobody")))
        .isInstanceOfSatisfying(
            QueueDoesNotExistException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("AWS.SimpleQueueService.NonExistentQueue"));
    var url = url("plain");
    var many = new ArrayList<SendMessageBatchRequestEntry>();
    for (var i = 0; i < 11; i++) {
      many.add(SendMessageBatchRequestEntry.builder().id("i" + i).messageBody("x").build());
    }
    assertThatThrownBy(() -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(many)))
        .isInstanceOf(TooManyEntriesInBatchRequestException.class);
    assertThatThrownBy(
            () -> sqs.sendMessage(b -> b.queueUrl(url("ordered.fifo")).messageBody("no group")))
        .isInstanceOfSatisfying(
            SqsException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MissingParameter"));
    assertThatThrownBy(
            () -> sqs.sendMessage(b -> b.queueUrl(url).messageBody("x".repeat(1024 * 1024 + 1))))
        .hasMessageContaining("Message must be shorter than 1048576 bytes");
  }

  private static Message receive(String url) {
    var received = new ArrayList<Message>();
    ToyStack.await(
        "a message in " + url,
        () -> {
          received.addAll(
              sqs.receiveMessage(b ->
                      b.queueUrl(url)
                          .waitTimeSeconds(5)
                          .messageAttributeNames("All")
                          .messageSystemAttributeNamesWithStrings("All"))
                  .messages());
          return !received.isEmpty();
        });
    return received.getFirst();
  }

  private static String url(String queue) {
    return sqs.getQueueUrl(b -> b.queueName(queue)).queueUrl();
  }
}
