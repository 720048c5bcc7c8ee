package io.leadloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.clock.StackClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Archive;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import software.amazon.awssdk.services.eventbridge.model.StartReplayRequest;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Archives and replays as EventBridge has them, through the AWS SDK. */
class EventArchivesIT {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final String BUS = "arn:aws:events:us-east-1:000000000000:event-bus/shop";
  private static final String SALES = "arn:aws:events:us-east-1:000000000000:archive/sales";
  private static final String TO_SOLD = "arn:aws:events:us-east-1:000000000000:rule/shop/to-sold";

  @TempDir Path data;
  private StackClock clock;
  private ToyStack toy;
  private EventBridgeClient events;
  private SqsClient sqs;

  @BeforeEach
  void start() {
    clock = StackClock.startingAt(START, StackClock.AS_FAST_AS_POSSIBLE);
    open();
  }

  private void open() {
    toy = new ToyStack(data, clock, "/toy/events.yaml");
    events = toy.client(EventBridgeClient.builder());
    sqs = toy.client(SqsClient.builder());
  }

  @AfterEach
  void stop() {
    events.close();
    sqs.close();
    toy.close();
    clock.close();
  }

  @Test
  void archiveOfTheTemplateKeepsWhatItsPatternWants() {
    put("sold", START);
    put("seen", START);
    var archive = events.describeArchive(b -> b.archiveName("sales"));
    assertThat(archive.eventCount()).isEqualTo(1);
    assertThat(archive.sizeBytes()).isPositive();
    assertThat(archive.archiveArn()).isEqualTo(SALES);
    assertThat(archive.eventSourceArn()).isEqualTo(BUS);
    assertThat(archive.description()).isEqualTo("What was sold");
    assertThat(archive.retentionDays()).isEqualTo(10);
    assertThat(archive.eventPattern()).isEqualTo("{\"detail-type\":[\"sold\"]}");
    assertThat(archive.creationTime()).isEqualTo(START);
  }

  @Test
  void replayGoesToTheRulesNamedInTheOrderOfMinutesAndIsNotArchivedAgain() {
    put("sold", START.minusSeconds(60));
    put("sold", START.minusSeconds(300));
    put("sold", START.minusSeconds(900));
    put("sold", START.minusSeconds(240));
    var times = new ArrayList<String>();
    for (var i = 0; i < 4; i++) {
      receive("Sold", body -> {});
      receive("Copies", body -> {});
    }

    start("again", b -> b.destination(d -> d.arn(BUS).filterArns(TO_SOLD)));
    for (var i = 0; i < 3; i++) {
      receive(
          "Sold",
          body -> {
            var event = Json.parse(body);
            assertThat(event.path("replay-name").asText()).isEqualTo("again");
            times.add(event.path("time").asText());
          });
    }
    await("again", ReplayState.COMPLETED);

    assertThat(times)
        .containsExactly("2026-03-02T08:55:00Z", "2026-03-02T08:56:00Z", "2026-03-02T08:59:00Z");
    assertThat(waiting("Sold")).isZero();
    assertThat(waiting("Copies")).isZero();
    assertThat(events.describeArchive(b -> b.archiveName("sales")).eventCount()).isEqualTo(4);
    var replay = events.describeReplay(b -> b.replayName("again"));
    assertThat(replay.eventLastReplayedTime()).isEqualTo(START.minusSeconds(60));
    assertThat(replay.replayEndTime()).isAfter(replay.replayStartTime());
    assertThat(replay.destination().filterArns()).containsExactly(TO_SOLD);
    assertThat(replay.eventSourceArn()).isEqualTo(SALES);
  }

  @Test
  void archiveForgetsAfterItsDays() throws InterruptedException {
    put("sold", START);
    passing(Duration.ofDays(9));
    assertThat(events.describeArchive(b -> b.archiveName("sales")).eventCount()).isEqualTo(1);
    passing(Duration.ofDays(2));
    assertThat(events.describeArchive(b -> b.archiveName("sales")).eventCount()).isZero();
    start("late", b -> {});
    await("late", ReplayState.COMPLETED);
    assertThat(events.describeReplay(b -> b.replayName("late")).eventLastReplayedTime()).isNull();
  }

  @Test
  void replayIsCancelledBeforeItsEndOnly() {
    put("sold", START);
    receive("Sold", body -> {});
    try (var hold = clock.hold()) {
      start("stopped", b -> {});
      assertThat(events.cancelReplay(b -> b.replayName("stopped")).state())
          .isEqualTo(ReplayState.CANCELLING);
    }
    await("stopped", ReplayState.CANCELLED);
    assertThat(waiting("Sold")).isZero();
    refused(
        () -> events.cancelReplay(b -> b.replayName("stopped")),
        "IllegalStatusException",
        "not in a valid state");
  }

  @Test
  void replayGoesOnAfterARestart() {
    put("sold", START);
    receive("Sold", body -> {});
    try (var hold = clock.hold()) {
      start("interrupted", b -> {});
      toy.close();
    }
    events.close();
    sqs.close();
    open();
    await("interrupted", ReplayState.COMPLETED);
    receive("Sold", body -> assertThat(body).contains("\"replay-name\":\"interrupted\""));
  }

  @Test
  void archivesAreMadeChangedListedAndDeleted() {
    events.createArchive(b -> b.archiveName("all").eventSourceArn(BUS));
    put("seen", START);
    assertThat(events.describeArchive(b -> b.archiveName("all")).eventCount()).isEqualTo(1);
    events.updateArchive(
        b -> b.archiveName("all").retentionDays(3).eventPattern("{\"source\":[\"elsewhere\"]}"));
    put("seen", START);
    assertThat(events.describeArchive(b -> b.archiveName("all")))
        .returns(1L, a -> a.eventCount())
        .returns(3, a -> a.retentionDays());

    assertThat(events.listArchives(b -> b.eventSourceArn(BUS)).archives())
        .extracting(Archive::archiveName)
        .containsExactly("all", "sales");
    var first = events.listArchives(b -> b.limit(1));
    assertThat(first.archives()).extracting(Archive::archiveName).containsExactly("all");
    var second = events.listArchives(b -> b.limit(1).nextToken(first.nextToken()));
    assertThat(second.archives()).extracting(Archive::archiveName).containsExactly("sales");
    assertThat(second.nextToken()).isNull();
    assertThat(events.listArchives(b -> b.namePrefix("sa")).archives()).hasSize(1);

    events.deleteArchive(b -> b.archiveName("all"));
    refused(
        () -> events.describeArchive(b -> b.archiveName("all")),
        "ResourceNotFoundException",
        "Archive all does not exist.");
  }

  @Test
  void badRequestsAreRefusedByName() {
    refused(
        () -> events.createArchive(b -> b.archiveName("sales").eventSourceArn(BUS)),
        "ResourceAlreadyExistsException",
        "Archive sales already exists.");
    refused(
        () -> events.createArchive(b -> b.archiveName("x").eventSourceArn(BUS + "2")),
        "ResourceNotFoundException",
        "Event bus shop2 does not exist.");
    refused(
        () ->
            events.createArchive(
                b -> b.archiveName("x").eventSourceArn(BUS).eventPattern("{\"source\":\"x\"}")),
        "InvalidEventPatternException",
        "Event pattern is not valid.");
    refused(
        () -> events.createArchive(b -> b.archiveName("a b").eventSourceArn(BUS)),
        "ValidationException",
        "archiveName");
    refused(
        () -> events.listArchives(b -> b.namePrefix("a").state("ENABLED")),
        "ValidationException",
        "At most one filter");
    refused(
        () -> start("r", b -> b.eventSourceArn(SALES + "2")),
        "ValidationException",
        "Archive sales2 does not exist.");
    refused(
        () -> start("r", b -> b.destination(d -> d.arn(BUS.replace("shop", "default")))),
        "ValidationException",
        "Cross event bus replay");
    refused(
        () -> start("r", b -> b.eventEndTime(START.minus(Duration.ofDays(2)))),
        "ValidationException",
        "EventStartTime must be before EventEndTime");
    refused(
        () -> events.describeReplay(b -> b.replayName("r")),
        "ResourceNotFoundException",
        "Replay r does not exist.");
    start("r", b -> {});
    refused(
        () -> start("r", b -> {}), "ResourceAlreadyExistsException", "Replay r already exists.");
  }

  private void put(String type, Instant time) {
    var answer =
        events.putEvents(b ->
            b.entries(
                PutEventsRequestEntry.builder()
                    .eventBusName("shop")
                    .source("shop")
                    .detailType(type)
                    .time(time)
                    .detail("{}")
                    .build()));
    assertThat(answer.failedEntryCount()).isZero();
  }

  /** A replay of the ten minutes before the start. */
  private void start(String name, Consumer<StartReplayRequest.Builder> change) {
    var request =
        StartReplayRequest.builder()
            .replayName(name)
            .eventSourceArn(SALES)
            .eventStartTime(START.minus(Duration.ofMinutes(10)))
            .eventEndTime(START)
            .destination(d -> d.arn(BUS));
    change.accept(request);
    assertThat(events.startReplay(request.build()).state()).isEqualTo(ReplayState.STARTING);
  }

  private void await(String replay, ReplayState state) {
    ToyStack.await(
        replay + " to be " + state,
        () -> events.describeReplay(b -> b.replayName(replay)).state() == state);
  }

  private void passing(Duration time) throws InterruptedException {
    var passed = new CountDownLatch(1);
    clock.schedule(clock.instant().plus(time), passed::countDown);
    passed.await();
  }

  private void receive(String queue, Consumer<String> check) {
    var bodies = new ArrayList<String>();
    ToyStack.await(
        "a message in " + queue,
        () -> {
          var url = sqs.getQueueUrl(b -> b.queueName(queue)).queueUrl();
          var messages = sqs.receiveMessage(b -> b.queueUrl(url).maxNumberOfMessages(1)).messages();
          for (var message : messages) {
            sqs.deleteMessage(b -> b.queueUrl(url).receiptHandle(message.receiptHandle()));
            bodies.add(message.body());
          }
          return !messages.isEmpty();
        });
    check.accept(bodies.getFirst());
  }

  private int waiting(String queue) {
    var url = sqs.getQueueUrl(b -> b.queueName(queue)).queueUrl();
    return sqs.receiveMessage(b -> b.queueUrl(url)).messages().size();
  }

  private static void refused(ThrowingCallable call, String error, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(AwsServiceException.class)
        .satisfies(e ->
            assertThat(((AwsServiceException) e).awsErrorDetails().errorCode()).isEqualTo(error))
        .hasMessageContaining(message);
  }
}
