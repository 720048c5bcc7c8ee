package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who follows the tables of every write, and plays the parts that DynamoDB Local lacks. */
final class TableGate implements DynamoGate {

  private static final Logger LOG = LoggerFactory.getLogger(TableGate.class);
  private static final Set<String> WRITES =
      Set.of(
          "BatchExecuteStatement",
          "BatchWriteItem",
          "DeleteItem",
          "ExecuteStatement",
          "ExecuteTransaction",
          "PutItem",
          "TransactWriteItems",
          "UpdateItem");

  private final Work work;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();

  private final TimeToLive timeToLive;
  private final Faults faults;
  private volatile @Nullable JsonService tables;

  TableGate(Work work, TimeToLive timeToLive, Faults faults) {
    this.work = work;
    this.timeToLive = timeToLive;
    this.faults = faults;
  }

  /** Says how the gate itself gets in. */
  void open(JsonService client) {
    tables = client;
  }

  /** Has {@code follower} called after each write, while the clock is held for it. */
  void onWrite(Runnable follower) {
    followers.add(follower);
  }

  @Override
  public void admit(String target, byte[] body) {
    faults.before("dynamodb");
    var client = tables;
    if (client != null && faults.strikes("dynamodb", "", FaultRule.Kind.LOSE)) {
      try {
        client.call(target, Json.parse(body));
      } catch (AwsException e) {
        LOG.debug("A refusal is lost", e);
      }
      throw Faults.failure("dynamodb");
    }
  }

  @Override
  public Optional<JsonNode> answer(String action, byte[] body) {
    return timeToLive.answer(action, body);
  }

  @Override
  public Passage enter(String action, byte[] body) {
    if (!WRITES.contains(action)) {
      return () -> {};
    }
    var piece = work.begin();
    return () -> {
      timeToLive.written(action, body);
      followers.forEach(Runnable::run);
      piece.close();
    };
  }
}
