package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.clock.StackClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What EventBridge takes, and what it does with events that it cannot hand over. */
class EventTargetsIT {

  private static final int LIMIT = 1024 * 1024;

  @TempDir static Path data;
  private static ToyStack toy;
  private static EventBridgeClient events;
  private static SqsClient sqs;

  private static final StackClock CLOCK =
      StackClock.startingAt(Instant.parse("2026-03-02T09:00:00Z"), StackClock.AS_FAST_AS_POSSIBLE);

  @BeforeAll
  static void start() {
    toy = new ToyStack(data, CLOCK, "/toy/events.yaml");
    events = toy.client(EventBridgeClient.builder());
    sqs = toy.client(SqsClient.builder());
  }

  @AfterAll
  static void stop() {
    events.close();
    sqs.close();
    toy.close();
    CLOCK.close();
  }

  @Test
  void targetThatIsThrottledIsTriedAgainWithinBothLimits() {
    toy.stack.faults("states:throttle=1");
    events.putEvents(b -> b.entries(entry("often").build()));
    var dead = List.of(deadLetter(), deadLetter());
    toy.stack.faults("");
    var byTimes = dead.stream().filter(m -> m.body().equals("{\"n\":1}")).findFirst().orElseThrow();
    assertThat(attribute(byTimes, "EXHAUSTED_RETRY_CONDITION")).isEqualTo("MaximumRetryAttempts");
    assertThat(attribute(byTimes, "RETRY_ATTEMPTS")).isEqualTo("3");
    assertThat(attribute(byTimes, "ERROR_CODE")).isEqualTo("THROTTLING");
    assertThat(attribute(byTimes, "RULE_ARN")).endsWith(":rule/shop/to-flow");
    assertThat(attribute(byTimes, "TARGET_ARN")).endsWith(":stateMachine:from-events");
    var byAge = dead.stream().filter(m -> m.body().equals("\"often\"")).findFirst().orElseThrow();
    assertThat(attribute(byAge, "EXHAUSTED_RETRY_CONDITION")).isEqualTo("MaximumEventAgeInSeconds");
    // After 1, 2, 4, 8 and 16 seconds; 32 more would be too many.
    assertThat(attribute(byAge, "RETRY_ATTEMPTS")).isEqualTo("5");
  }

  @Test
  void whatNoTargetWillEverTakeIsDeadAtOnce() {
    events.putEvents(b -> b.entries(entry("nowhere").build()));
    var dead = deadLetter();
    assertThat(attribute(dead, "ERROR_CODE")).isEqualTo("NO_RESOURCE");
    assertThat(attribute(dead, "RETRY_ATTEMPTS")).isEqualTo("0");
    assertThat(dead.messageAttributes()).doesNotContainKey("EXHAUSTED_RETRY_CONDITION");
    assertThat(Json.parse(dead.body()).path("source").asText()).isEqualTo("nowhere");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void entriesHaveALimitTogether(int above, boolean taken) {
    // A source of 4 bytes, a type of 1, a time of 14 and the quotes and braces of the details.
    var half = LIMIT / 2;
    var first = entry("shop").time(CLOCK.instant()).detail(detail(half - 19)).build();
    var second = entry("shop").time(CLOCK.instant()).detail(detail(half - 19 + above)).build();
    if (taken) {
      assertThat(events.putEvents(b -> b.entries(first, second)).failedEntryCount()).isZero();
    } else {
      assertThatThrownBy(() -> events.putEvents(b -> b.entries(first, second)))
          .isInstanceOf(EventBridgeException.class)
          .hasMessageContaining("Total size of the entries in the request is over the limit.");
    }
  }

  private static String detail(int length) {
    return "{\"x\":\"" + "y".repeat(length - 8) + "\"}";
  }

  @Test
  void moreThanTenEntriesAreRefused() {
    assertThatThrownBy(
            () -> events.putEvents(b -> b.entries(Collections.nCopies(11, entry("shop").build()))))
        .isInstanceOf(EventBridgeException.class)
        .hasMessageContaining("'entries' failed to satisfy constraint");
  }

  @Test
  void entryThatIsNotTakenLeavesTheOthers() {
    var answer =
        events.putEvents(b ->
            b.entries(
                entry("shop").build(),
                entry("aws.shop").build(),
                entry("shop").detail(null).build(),
                entry("shop").detail("[]").build()));
    assertThat(answer.failedEntryCount()).isEqualTo(3);
    assertThat(answer.entries().get(0).eventId()).isNotEmpty();
    assertThat(answer.entries())
        .extracting(e -> e.errorCode())
        .containsExactly(
            null, "NotAuthorizedForSourceException", "InvalidArgument", "MalformedDetail");
  }

  private static PutEventsRequestEntry.Builder entry(String source) {
    return PutEventsRequestEntry.builder()
        .eventBusName("shop")
        .source(source)
        .detailType("t")
        .detail("{\"n\":1}");
  }

  private static String attribute(Message message, String name) {
    return Objects.requireNonNull(message.messageAttributes().get(name), name).stringValue();
  }

  private static Message deadLetter() {
    var found = new ArrayList<Message>();
    ToyStack.await(
        "a dead letter",
        () -> {
          var url = sqs.getQueueUrl(b -> b.queueName("DeadEvents")).queueUrl();
          found.addAll(
              sqs.receiveMessage(
                      b -> b.queueUrl(url).maxNumberOfMessages(1).messageAttributeNames("All"))
                  .messages());
          found.forEach(
              m -> sqs.deleteMessage(b -> b.queueUrl(url).receiptHandle(m.receiptHandle())));
          return !found.isEmpty();
        });
    return found.getFirst();
  }
}
