package io.leadloom.cloud.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.leadloom.platform.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * What our code relies upon at AWS. Each target answers the same tests; what one does not have is
 * skipped there by name.
 */
@Tag("aws")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AwsSuite {

  /** For what a target does on its own; a machine may be slow, and a schedule takes a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String ABSENT = "attribute_not_exists(pk)";

  @RegisterExtension final Lacks lacks = new Lacks();

  private @Nullable Target started;
  private @Nullable DynamoDbClient dynamo;
  private @Nullable SqsClient sqs;
  private @Nullable SfnClient states;

  /** Makes the target, and points the SDK's own settings there. */
  abstract Target start(Path template, Path data);

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    var template = Objects.requireNonNull(AwsSuite.class.getResource("/suite/template.yaml"));
    started = start(Path.of(template.toURI()), data);
    dynamo = DynamoDbClient.create();
    sqs = SqsClient.create();
    states = SfnClient.create();
  }

  @AfterAll
  void stop() {
    try (var last = started;
        var first = dynamo;
        var second = sqs;
        var third = states) {}
  }

  // The table.

  @Test
  void itemIsCreatedOnlyOnce() {
    var item = item(id(), Map.of("n", AttributeValue.fromN("1")));
    dynamo().putItem(b -> b.tableName(items()).item(item).conditionExpression(ABSENT));
    assertThatThrownBy(() ->
            dynamo().putItem(b -> b.tableName(items()).item(item).conditionExpression(ABSENT)))
        .isInstanceOf(ConditionalCheckFailedException.class);
  }

  @Test
  void itemIsReplacedOnlyAtTheRevisionSeen() {
    var id = id();
    dynamo().putItem(b -> b.tableName(items()).item(revision(id, 1)));
    replace(id, 1);
    assertThatThrownBy(() -> replace(id, 1)).isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(of(find(id).orElseThrow(), "rev").n()).isEqualTo("2");
  }

  private void replace(String id, int seen) {
    dynamo()
        .putItem(b ->
            b.tableName(items())
                .item(revision(id, seen + 1))
                .conditionExpression("rev = :seen")
                .expressionAttributeValues(
                    Map.of(":seen", AttributeValue.fromN(Integer.toString(seen)))));
  }

  private static Map<String, AttributeValue> revision(String id, int revision) {
    return item(id, Map.of("rev", AttributeValue.fromN(Integer.toString(revision))));
  }

  @Test
  void transactionWritesAllOrNothingAndSaysWhichConditionFailed() {
    var taken = id();
    var other = id();
    dynamo().putItem(b -> b.tableName(items()).item(item(taken, Map.of())));
    var writes = List.of(create(other), create(taken));
    assertThatThrownBy(() -> dynamo().transactWriteItems(b -> b.transactItems(writes)))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e ->
                assertThat(e.cancellationReasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("None", "ConditionalCheckFailed"));
    assertThat(find(other)).isEmpty();
  }

  private TransactWriteItem create(String id) {
    return TransactWriteItem.builder()
        .put(p -> p.tableName(items()).item(item(id, Map.of())).conditionExpression(ABSENT))
        .build();
  }

  @Test
  void counterStopsAtItsLimit() {
    var id = id();
    assertThat(take(id)).isEqualTo("1");
    assertThat(take(id)).isEqualTo("2");
    assertThatThrownBy(() -> take(id)).isInstanceOf(ConditionalCheckFailedException.class);
  }

  private String take(String id) {
    var updated =
        dynamo()
            .updateItem(b ->
                b.tableName(items())
                    .key(Items.key(id))
                    .updateExpression("ADD taken :one")
                    .conditionExpression("attribute_not_exists(taken) OR taken < :limit")
                    .expressionAttributeValues(
                        Map.of(
                            ":one", AttributeValue.fromN("1"), ":limit", AttributeValue.fromN("2")))
                    .returnValues("UPDATED_NEW"));
    return of(updated.attributes(), "taken").n();
  }

  @Test
  void indexGivesItemsOfAStatusInOrder() {
    var status = id();
    for (var n : List.of("2", "1", "3")) {
      dynamo()
          .putItem(b ->
              b.tableName(items())
                  .item(
                      item(
                          id(),
                          Map.of(
                              "statusPk", AttributeValue.fromS(status),
                              "statusSk", AttributeValue.fromS(n)))));
    }
    var found =
        await(
            "the items in the index",
            () ->
                Optional.of(
                        dynamo()
                            .query(b ->
                                b.tableName(items())
                                    .indexName("byStatus")
                                    .scanIndexForward(false)
                                    .keyConditionExpression("statusPk = :status")
                                    .expressionAttributeValues(
                                        Map.of(":status", AttributeValue.fromS(status))))
                            .items())
                    .filter(items -> items.size() == 3));
    assertThat(found).extracting(item -> of(item, "statusSk").s()).containsExactly("3", "2", "1");
  }

  @Test
  void streamTellsEveryWriteInOrderWithBothImages() {
    var id = id();
    dynamo().putItem(b -> b.tableName(items()).item(revision(id, 1)));
    dynamo().putItem(b -> b.tableName(items()).item(revision(id, 2)));
    dynamo().deleteItem(b -> b.tableName(items()).key(Items.key(id)));
    try (var streams = DynamoDbStreamsClient.create()) {
      var records =
          await(
              "the records of the stream",
              () -> Optional.of(records(streams, id)).filter(found -> found.size() == 3));
      assertThat(records)
          .extracting(Record::eventName)
          .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
      assertThat(of(records.get(1).dynamodb().oldImage(), "rev").n()).isEqualTo("1");
      assertThat(of(records.get(1).dynamodb().newImage(), "rev").n()).isEqualTo("2");
    }
  }

  /** The records of an item, from the start of every shard. */
  private List<Record> records(DynamoDbStreamsClient streams, String id) {
    var arn = dynamo().describeTable(b -> b.tableName(items())).table().latestStreamArn();
    return streams.describeStream(b -> b.streamArn(arn)).streamDescription().shards().stream()
        .map(shard ->
            streams.getShardIterator(b ->
                b.streamArn(arn)
                    .shardId(shard.shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
        .flatMap(from ->
            streams.getRecords(b -> b.shardIterator(from.shardIterator())).records().stream())
        .filter(record -> of(record.dynamodb().keys(), "pk").s().equals(id))
        .toList();
  }

  // Secrets.

  @Test
  void secretIsReadByItsNameAndAnUnknownOneIsToldApart() {
    try (var secrets = SecretsManagerClient.create()) {
      var name = target().stack() + "/t/acme/providers";
      assertThat(secrets.getSecretValue(b -> b.secretId(name)).secretString())
          .isEqualTo("{\"resend\":{\"apiKey\":\"made-up\"}}");
      assertThatThrownBy(() -> secrets.getSecretValue(b -> b.secretId(name + "/none")))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  // Queues.

  @Test
  void onlyWhatFailsOfABatchComesBackAndInTheEndGoesToTheDeadLetters() {
    var good = id();
    var bad = id();
    var alsoGood = id();
    var queue = queue("orders");
    var batch = List.of(order(good, false), order(bad, true), order(alsoGood, false));
    sqs()
        .sendMessageBatch(b ->
            b.queueUrl(queue)
                .entries(
                    batch.stream()
                        .map(body ->
                            SendMessageBatchRequestEntry.builder()
                                .id("order-" + batch.indexOf(body))
                                .messageBody(body)
                                .build())
                        .toList()));
    var dead = queue("dead-orders");
    await(
        "the bad order among the dead letters",
        () ->
            sqs()
                .receiveMessage(b -> b.queueUrl(dead).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages()
                .stream()
                .filter(message -> message.body().equals(order(bad, true)))
                .findFirst());
    assertThat(times("order#" + bad)).isEqualTo("2");
    assertThat(times("order#" + good)).isEqualTo("1");
    assertThat(times("order#" + alsoGood)).isEqualTo("1");
  }

  private static String order(String id, boolean bad) {
    return Json.write(Map.of("id", id, "bad", bad));
  }

  private String times(String id) {
    return find(id).map(item -> of(item, "times").n()).orElse("0");
  }

  @Test
  void messageBeingWorkedOnIsSeenByNobodyElse() {
    var queue = sqs().createQueue(b -> b.queueName(target().stack() + "-seen")).queueUrl();
    try {
      sqs().sendMessage(b -> b.queueUrl(queue).messageBody("x"));
      var first =
          await(
              "the message",
              () ->
                  sqs()
                      .receiveMessage(b -> b.queueUrl(queue).visibilityTimeout(600))
                      .messages()
                      .stream()
                      .findFirst());
      assertThat(sqs().receiveMessage(b -> b.queueUrl(queue)).messages()).isEmpty();
      sqs()
          .changeMessageVisibility(
              b -> b.queueUrl(queue).receiptHandle(first.receiptHandle()).visibilityTimeout(0));
      await(
          "the message again",
          () -> sqs().receiveMessage(b -> b.queueUrl(queue)).messages().stream().findFirst());
    } finally {
      sqs().deleteQueue(b -> b.queueUrl(queue));
    }
  }

  // Schedules.

  @Test
  void scheduleCallsItsFunction() {
    await(
        "a call of the schedule",
        () -> Optional.of(times("tick#aws.events")).filter(times -> !times.equals("0")));
  }

  // State machines.

  @Test
  void machineWithEveryPatternOfOursGoesToItsEnd() {
    var id = id();
    begin(id, Map.of("failures", 2, "askSeconds", 3000));
    states()
        .sendTaskSuccess(
            b -> b.taskToken(token(id)).output("{\"decision\":\"APPROVED\",\"note\":\"a note\"}"));
    var ended = awaitEnd(id);
    assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(Json.tree(ended.output().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            Json.tree(
                """
                {"rows": 3, "setAside": {"old": 3, "odd": 3}, "reason": "a note", "kind": "with note"}
                """
                    .getBytes(StandardCharsets.UTF_8)));
    var retries =
        states()
            .getExecutionHistory(b -> b.executionArn(execution(id)).maxResults(1000))
            .events()
            .stream()
            .map(event -> event.taskFailedEventDetails())
            .filter(failed -> failed != null)
            .map(failed -> failed.error())
            .toList();
    assertThat(retries)
        .containsExactly(
            "io.leadloom.model.fault.TransientException",
            "io.leadloom.model.fault.TransientException");
  }

  @Test
  void silenceIsAnAnswerAndALateTokenIsRefused() {
    var id = id();
    begin(id, Map.of("askSeconds", 1));
    var ended = awaitEnd(id);
    assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.output()).contains("silent");
    assertThatThrownBy(() -> approve(token(id))).satisfies(AwsSuite::isRefusalOfAToken);
  }

  @Test
  void tokenWorksOnce() {
    var id = id();
    begin(id, Map.of("askSeconds", 3000));
    var token = token(id);
    approve(token);
    assertThat(awaitEnd(id).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThatThrownBy(() -> approve(token)).satisfies(AwsSuite::isRefusalOfAToken);
    assertThatThrownBy(() -> approve("no token")).satisfies(AwsSuite::isRefusalOfAToken);
  }

  private void approve(String token) {
    states().sendTaskSuccess(b -> b.taskToken(token).output("{\"decision\":\"APPROVED\"}"));
  }

  /** Those that our code takes for "nobody waits with this token". */
  private static void isRefusalOfAToken(Throwable refusal) {
    assertThat(refusal)
        .isInstanceOfAny(
            TaskTimedOutException.class,
            TaskDoesNotExistException.class,
            InvalidTokenException.class);
  }

  @Test
  void executionIsStartedOnceUnderAName() {
    var id = id();
    begin(id, Map.of("askSeconds", 3000));
    // Started again with the same input while it runs, the first one answers.
    begin(id, Map.of("askSeconds", 3000));
    assertThatThrownBy(() -> begin(id, Map.of("askSeconds", 3001)))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
    approve(token(id));
    awaitEnd(id);
    assertThatThrownBy(() -> begin(id, Map.of("askSeconds", 3000)))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
  }

  @Test
  void failedExecutionIsToldByAnEvent() {
    var id = id();
    begin(id, Map.of("broken", true, "askSeconds", 1));
    var failed = awaitEnd(id);
    assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(failed.error()).isEqualTo("io.leadloom.model.fault.PermanentException");
    assertThat(failed.cause()).contains("Broken until it is mended");
    var told = await("the event of the failure", () -> find("end#" + id));
    assertThat(of(told, "content").s())
        .isEqualTo("FAILED io.leadloom.model.fault.PermanentException");
  }

  @Test
  void redrivenExecutionGoesOnWhereItFailed() {
    var id = id();
    begin(id, Map.of("broken", true, "askSeconds", 1));
    awaitEnd(id);
    dynamo().putItem(b -> b.tableName(items()).item(item("mended#" + id, Map.of())));
    states().redriveExecution(b -> b.executionArn(execution(id)));
    await(
        "the end after the redrive",
        () -> Optional.of(describe(id)).filter(e -> e.status() == ExecutionStatus.SUCCEEDED));
    assertThat(describe(id).redriveCount()).isEqualTo(1);
  }

  private void begin(String id, Map<String, Object> input) {
    var all = new TreeMap<String, Object>(Map.of("failures", 0, "broken", false));
    all.putAll(input);
    all.put("id", id);
    states().startExecution(b -> b.stateMachineArn(machine()).name(id).input(Json.write(all)));
  }

  private String token(String id) {
    var item =
        await(
            "the task token",
            () -> {
              var execution = describe(id);
              assertThat(execution.status())
                  .as(execution.cause())
                  .isIn(ExecutionStatus.RUNNING, ExecutionStatus.SUCCEEDED);
              return find("token#" + id);
            });
    return of(item, "content").s();
  }

  private DescribeExecutionResponse awaitEnd(String id) {
    return await(
        "the end of the execution",
        () -> Optional.of(describe(id)).filter(e -> e.status() != ExecutionStatus.RUNNING));
  }

  private DescribeExecutionResponse describe(String id) {
    return states().describeExecution(b -> b.executionArn(execution(id)));
  }

  private String machine() {
    var name = target().stack() + "-flow";
    return states().listStateMachines().stateMachines().stream()
        .filter(machine -> machine.name().equals(name))
        .findFirst()
        .orElseThrow()
        .stateMachineArn();
  }

  private String execution(String id) {
    return machine().replace(":stateMachine:", ":execution:") + ":" + id;
  }

  private Optional<Map<String, AttributeValue>> find(String id) {
    var found = dynamo().getItem(b -> b.tableName(items()).key(Items.key(id)).consistentRead(true));
    return found.hasItem() ? Optional.of(found.item()) : Optional.empty();
  }

  private static Map<String, AttributeValue> item(
      String id, Map<String, AttributeValue> attributes) {
    var item = new HashMap<>(Items.key(id));
    item.putAll(attributes);
    return item;
  }

  private static AttributeValue of(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  private String queue(String name) {
    return sqs().getQueueUrl(b -> b.queueName(target().stack() + "-" + name)).queueUrl();
  }

  private String items() {
    return target().stack() + "-items";
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private Target target() {
    return Objects.requireNonNull(started);
  }

  private DynamoDbClient dynamo() {
    return Objects.requireNonNull(dynamo);
  }

  private SqsClient sqs() {
    return Objects.requireNonNull(sqs);
  }

  private SfnClient states() {
    return Objects.requireNonNull(states);
  }

  private static <T> T await(String what, Supplier<Optional<T>> probe) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var found = probe.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return fail("Not within %s: %s", PATIENCE, what);
  }
}
