package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of a table from where its reader was, shard after shard. The place up to which
 * everything is done is kept in the store.
 */
final class StreamCursor {

  private static final String STREAMS = "DynamoDBStreams_20120810.";
  private static final String TABLES = "DynamoDB_20120810.";
  private static final int READ_LIMIT = 1000;

  private final JsonService dynamo;
  private final Clock clock;
  private final StackStore store;
  private final Map<String, String> checkpoints;
  private final String table;
  private final String key;
  private final TimeToLive timeToLive;
  private final String arn;

  /** Where the next read begins, which may be ahead of what is done: like a checkpoint. */
  private String position;

  private @Nullable String shardId;
  private @Nullable String iterator;

  /**
   * @param key the name of the checkpoint
   */
  StreamCursor(
      JsonService dynamo,
      Clock clock,
      StackStore store,
      String table,
      String key,
      TimeToLive timeToLive) {
    this.dynamo = dynamo;
    this.clock = clock;
    this.store = store;
    this.checkpoints = store.map("streams");
    this.table = table;
    this.key = key;
    this.timeToLive = timeToLive;
    this.position = checkpoints.getOrDefault(key, "");
    this.arn =
        dynamo
            .call(TABLES + "DescribeTable", Json.object().put("TableName", table))
            .at("/Table/LatestStreamArn")
            .asText("");
    if (arn.isEmpty()) {
      throw new StackException(
          "The table "
              + table
              + " has no stream for a function to read. Give it a StreamSpecification",
          null);
    }
  }

  String streamArn() {
    return StreamEvents.streamArn(arn);
  }

  boolean hasCheckpoint() {
    return checkpoints.containsKey(key);
  }

  /** Passes over all that is in the stream by now. */
  void skipToEnd() {
    while (true) {
      var records = read(READ_LIMIT);
      if (records.isEmpty()) {
        break;
      }
      done(records.getLast());
    }
    if (!hasCheckpoint()) {
      checkpoints.put(key, "");
      store.commit();
    }
  }

  /** The next records, or none if there are none yet. */
  List<StreamRecord> read(int limit) {
    while (true) {
      var at = iterator();
      if (at == null) {
        return List.of();
      }
      JsonNode answer;
      try {
        answer =
            dynamo.call(
                STREAMS + "GetRecords",
                Json.object().put("ShardIterator", at).put("Limit", Math.min(limit, READ_LIMIT)));
      } catch (AwsException e) {
        if (!e.type().equals("ExpiredIteratorException")) {
          throw e;
        }
        iterator = null;
        continue;
      }
      var shard = String.valueOf(shardId);
      var records = new ArrayList<StreamRecord>();
      for (var json : answer.path("Records")) {
        var arrival = clock.instant();
        records.add(
            new StreamRecord(
                shard,
                json.at("/dynamodb/SequenceNumber").asText(),
                arrival,
                event(json, arrival)));
      }
      if (!records.isEmpty()) {
        position = place(records.getLast());
      }
      iterator = answer.path("NextShardIterator").asText(null);
      if (iterator != null || !records.isEmpty()) {
        if (iterator == null) {
          iterator = firstOf(childOf(shard));
        }
        return records;
      }
      // The shard is closed and read; what follows is in its child.
      iterator = firstOf(childOf(shard));
    }
  }

  private JsonNode event(JsonNode record, Instant arrival) {
    var event = StreamEvents.record(record, streamArn(), arrival);
    if (record.path("eventName").asText().equals("REMOVE")
        && timeToLive.hasDeleted(table, record.at("/dynamodb/Keys"))) {
      event
          .putObject("userIdentity")
          .put("type", "Service")
          .put("principalId", "dynamodb.amazonaws.com");
    }
    return event;
  }

  /** Remembers that everything up to a record is done. */
  void done(StreamRecord record) {
    checkpoints.put(key, place(record));
    store.commit();
  }

  private static String place(StreamRecord record) {
    return record.shardId() + " " + record.sequenceNumber();
  }

  private @Nullable String iterator() {
    if (iterator == null) {
      var space = position.indexOf(' ');
      iterator =
          space < 0
              ? firstOf(oldestShard())
              : after(position.substring(0, space), position.substring(space + 1));
    }
    return iterator;
  }

  private @Nullable String after(String shard, String sequenceNumber) {
    try {
      shardId = shard;
      return dynamo
          .call(
              STREAMS + "GetShardIterator",
              Json.object()
                  .put("StreamArn", arn)
                  .put("ShardId", shard)
                  .put("ShardIteratorType", "AFTER_SEQUENCE_NUMBER")
                  .put("SequenceNumber", sequenceNumber))
          .path("ShardIterator")
          .asText(null);
    } catch (AwsException e) {
      // The stream has forgotten that place; what it still has is all there is.
      if (e.type().equals("TrimmedDataAccessException")
          || e.type().equals("ResourceNotFoundException")) {
        return firstOf(oldestShard());
      }
      throw e;
    }
  }

  private @Nullable String firstOf(@Nullable String shard) {
    if (shard == null) {
      return null;
    }
    shardId = shard;
    return dynamo
        .call(
            STREAMS + "GetShardIterator",
            Json.object()
                .put("StreamArn", arn)
                .put("ShardId", shard)
                .put("ShardIteratorType", "TRIM_HORIZON"))
        .path("ShardIterator")
        .asText(null);
  }

  private @Nullable String oldestShard() {
    var shards = shards();
    return shards.isEmpty() ? null : shards.getFirst().path("ShardId").asText();
  }

  private @Nullable String childOf(String parent) {
    return shards().stream()
        .filter(shard -> shard.path("ParentShardId").asText("").equals(parent))
        .map(shard -> shard.path("ShardId").asText())
        .findFirst()
        .orElse(null);
  }

  private List<JsonNode> shards() {
    var shards = new ArrayList<JsonNode>();
    var request = Json.object().put("StreamArn", arn);
    while (true) {
      var stream = dynamo.call(STREAMS + "DescribeStream", request).path("StreamDescription");
      stream.path("Shards").forEach(shards::add);
      if (!stream.hasNonNull("LastEvaluatedShardId")) {
        return shards;
      }
      request.set("ExclusiveStartShardId", stream.get("LastEvaluatedShardId"));
    }
  }
}
