package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of a queue, with a time that the test sets. */
class MessageQueueTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

  private final MVStore store = new MVStore.Builder().open();
  private final Map<String, String> rows = store.openMap("rows");
  private final Map<String, String> recent = store.openMap("recent");

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void receivedMessageIsHiddenUntilItsVisibilityTimeout() {
    var queue = queue(Map.of());
    send(queue, "a", NOON);
    assertThat(bodies(queue, NOON)).containsExactly("a");
    assertThat(bodies(queue, NOON.plusMillis(29_999))).isEmpty();
    assertThat(queue.nextVisible()).contains(NOON.plusSeconds(30));
    assertThat(bodies(queue, NOON.plusSeconds(30))).containsExactly("a");
  }

  @Test
  void delayedMessageIsVisibleWhenItsDelayIsOver() {
    var queue = queue(Map.of("DelaySeconds", "60"));
    send(queue, "a", NOON);
    assertThat(bodies(queue, NOON.plusSeconds(59))).isEmpty();
    assertThat(queue.delayedCount()).isEqualTo(1);
    assertThat(bodies(queue, NOON.plusSeconds(60))).containsExactly("a");
  }

  @Test
  void messageIsForgottenAfterItsRetentionWhoeverHasIt() {
    var queue = queue(Map.of("MessageRetentionPeriod", "60"));
    send(queue, "a", NOON);
    send(queue, "b", NOON.plusSeconds(10));
    var received = receive(queue, NOON.plusSeconds(59));
    assertThat(received).hasSize(2);
    queue.settle(NOON.plusSeconds(60));
    assertThat(queue.inFlightCount()).isEqualTo(1);
    assertThat(rows).hasSize(2);
    queue.settle(NOON.plusSeconds(70));
    assertThat(queue.inFlightCount()).isZero();
    assertThat(rows).containsOnlyKeys("next");
    assertThat(bodies(queue, NOON.plusSeconds(90))).isEmpty();
  }

  @Test
  void deadLetterKeepsItsAge() {
    var queue = queue(Map.of());
    send(queue, "a", NOON);
    var dead =
        queue.receive(1, HALF_MINUTE, Optional.of(0), NOON.plusSeconds(50)).dead().getFirst();
    var deadLetters =
        new MessageQueue(
            "dead",
            0,
            QueueSettings.of(Map.of("MessageRetentionPeriod", "60")),
            store.openMap("dead"),
            store.openMap("dead-recent"));
    deadLetters.accept(dead, queue.arn(), NOON.plusSeconds(50));
    deadLetters.settle(NOON.plusSeconds(59));
    assertThat(deadLetters.visibleCount()).isEqualTo(1);
    deadLetters.settle(NOON.plusSeconds(60));
    assertThat(deadLetters.visibleCount()).isZero();
  }

  @Test
  void messageIsDeadAfterItsLastReceive() {
    var queue = queue(Map.of());
    send(queue, "a", NOON);
    for (var attempt = 0; attempt < 2; attempt++) {
      var received =
          queue.receive(10, HALF_MINUTE, Optional.of(2), NOON.plusSeconds(30L * attempt));
      assertThat(received.messages()).hasSize(1);
      assertThat(received.dead()).isEmpty();
    }
    var last = queue.receive(10, HALF_MINUTE, Optional.of(2), NOON.plusSeconds(60));
    assertThat(last.messages()).isEmpty();
    assertThat(last.dead()).singleElement().returns("a", StoredMessage::body);
    assertThat(queue.nextVisible()).isEmpty();
  }

  @Test
  void onlyTheLatestReceiptDeletes() {
    var queue = queue(Map.of());
    send(queue, "a", NOON);
    var first = receive(queue, NOON).getFirst();
    var second = receive(queue, NOON.plusSeconds(30)).getFirst();
    queue.delete(first.receiptHandle(), NOON.plusSeconds(31));
    assertThat(queue.inFlightCount()).isEqualTo(1);
    queue.delete(second.receiptHandle(), NOON.plusSeconds(31));
    assertThat(queue.inFlightCount()).isZero();
    assertThatThrownBy(() -> queue.delete("nonsense", NOON))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.type()).isEqualTo("ReceiptHandleIsInvalid"));
  }

  @Test
  void visibilityCanBeEndedAndProlonged() {
    var queue = queue(Map.of());
    send(queue, "a", NOON);
    var message = receive(queue, NOON).getFirst();
    queue.changeVisibility(message.receiptHandle(), Duration.ofHours(1), NOON);
    assertThat(receive(queue, NOON.plusSeconds(3599))).isEmpty();
    queue.changeVisibility(message.receiptHandle(), Duration.ZERO, NOON.plusSeconds(3599));
    assertThat(receive(queue, NOON.plusSeconds(3599))).hasSize(1);
    assertThatThrownBy(() -> queue.changeVisibility(message.receiptHandle(), Duration.ZERO, NOON))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.type()).isEqualTo("MessageNotInflight"));
  }

  @Test
  void groupIsAtWorkInOneBatchOnlyAndInOrder() {
    var queue = queue(Map.of("FifoQueue", "true"));
    send(queue, "a1", "a", "1", NOON);
    send(queue, "a2", "a", "2", NOON);
    send(queue, "b1", "b", "3", NOON);
    send(queue, "a3", "a", "4", NOON);
    var first = queue.receive(2, HALF_MINUTE, Optional.empty(), NOON).messages();
    assertThat(first).extracting(StoredMessage::body).containsExactly("a1", "a2");
    assertThat(bodies(queue, NOON)).containsExactly("b1");
    queue.delete(first.get(0).receiptHandle(), NOON);
    assertThat(bodies(queue, NOON)).isEmpty();
    // The one that failed comes before what follows it.
    assertThat(bodies(queue, NOON.plusSeconds(30))).containsExactly("a2", "b1", "a3");
  }

  @Test
  void groupWithMuchAtWorkStepsBehindOthers() {
    var queue = queue(Map.of());
    for (var n = 1; n <= 8; n++) {
      send(queue, "noisy-" + n, "noisy", null, NOON);
    }
    var atWork = queue.receive(3, HALF_MINUTE, Optional.empty(), NOON).messages();
    assertThat(atWork)
        .extracting(StoredMessage::body)
        .containsExactly("noisy-1", "noisy-2", "noisy-3");
    send(queue, "quiet-1", "quiet", null, NOON);
    send(queue, "quiet-2", "quiet", null, NOON);
    send(queue, "nobody's", NOON);
    assertThat(queue.receive(4, HALF_MINUTE, Optional.empty(), NOON).messages())
        .extracting(StoredMessage::body)
        .containsExactly("quiet-1", "nobody's", "quiet-2", "noisy-4");
    // What is done, or came back, is not at work.
    atWork.forEach(message -> queue.delete(message.receiptHandle(), NOON));
    send(queue, "quiet-3", "quiet", null, NOON);
    assertThat(queue.receive(2, HALF_MINUTE, Optional.empty(), NOON).messages())
        .extracting(StoredMessage::body)
        .containsExactly("noisy-5", "noisy-6");
    assertThat(bodies(queue, NOON.plusSeconds(30)))
        .containsExactly(
            "noisy-4",
            "quiet-1",
            "nobody's",
            "noisy-5",
            "quiet-2",
            "noisy-6",
            "quiet-3",
            "noisy-7",
            "noisy-8");
  }

  @Test
  void standardQueueGivesOneGroupOutInOrder() {
    var queue = queue(Map.of());
    List.of("a", "b", "c").forEach(body -> send(queue, body, "g", null, NOON));
    assertThat(bodies(queue, NOON)).containsExactly("a", "b", "c");
  }

  @Test
  void fifoQueueDropsWhatItWasSentWithinFiveMinutes() {
    var queue = queue(Map.of("FifoQueue", "true"));
    var first = send(queue, "a", "g", "same", NOON);
    assertThat(send(queue, "b", "g", "same", NOON.plusSeconds(299))).isEqualTo(first);
    assertThat(send(queue, "c", "g", "same", NOON.plusSeconds(300))).isNotEqualTo(first);
    assertThat(bodies(queue, NOON.plusSeconds(300))).containsExactly("a", "c");
  }

  @Test
  void queueIsTheSameAfterItsEnd() {
    var queue = queue(Map.of("FifoQueue", "true"));
    send(queue, "a", "g", "1", NOON);
    send(queue, "b", "h", "2", NOON);
    var held = queue.receive(1, HALF_MINUTE, Optional.empty(), NOON).messages().getFirst();
    var again = queue(Map.of("FifoQueue", "true"));
    assertThat(bodies(again, NOON)).containsExactly("b");
    send(again, "c", "g", "1", NOON);
    assertThat(again.nextVisible()).contains(NOON.plusSeconds(30));
    again.delete(held.receiptHandle(), NOON);
    assertThat(bodies(again, NOON)).isEmpty();
  }

  @Test
  void purgedQueueIsEmptyAndCountsOn() {
    var queue = queue(Map.of());
    var first = send(queue, "a", null, null, NOON);
    queue.purge();
    assertThat(bodies(queue, NOON)).isEmpty();
    assertThat(send(queue, "b", null, null, NOON).sequence()).isGreaterThan(first.sequence());
  }

  private MessageQueue queue(Map<String, String> attributes) {
    return new MessageQueue("q", 0, QueueSettings.of(attributes), rows, recent);
  }

  private static void send(MessageQueue queue, String body, Instant time) {
    send(queue, body, null, null, time);
  }

  private static MessageQueue.Accepted send(
      MessageQueue queue,
      String body,
      @Nullable String group,
      @Nullable String deduplication,
      Instant time) {
    return queue.send(
        new MessageQueue.NewMessage(
            body, Json.object(), null, Optional.empty(), group, deduplication),
        time);
  }

  private static List<StoredMessage> receive(MessageQueue queue, Instant time) {
    return queue.receive(10, HALF_MINUTE, Optional.empty(), time).messages();
  }

  private static List<String> bodies(MessageQueue queue, Instant time) {
    return receive(queue, time).stream().map(StoredMessage::body).toList();
  }
}
