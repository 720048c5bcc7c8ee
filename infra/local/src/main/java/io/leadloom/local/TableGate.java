package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells who follows the tables of every write, and plays the parts that DynamoDB Local lacks. */
final class TableGate implements DynamoGate {

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

  TableGate(Work work, TimeToLive timeToLive) {
    this.work = work;
    this.timeToLive = timeToLive;
  }

  /** Has {@code follower} called after each write, while the clock is held for it. */
  void onWrite(Runnable follower) {
    followers.add(follower);
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
      timeToLive.written(body);
      followers.forEach(Runnable::run);
      piece.close();
    };
  }
}
