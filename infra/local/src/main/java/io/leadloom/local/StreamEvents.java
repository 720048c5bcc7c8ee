package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.Names;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** The events that Lambda makes of stream records, and the answers to them. */
final class StreamEvents {

  /** DynamoDB Local has its own words for account and region. */
  private static final String LOCAL_ARN = "arn:aws:dynamodb:ddblocal:000000000000:";

  private StreamEvents() {}

  static String streamArn(String arn) {
    return arn.replace(LOCAL_ARN, Names.LOCAL.arn("dynamodb", ""));
  }

  /** A record as functions see it. */
  static ObjectNode record(JsonNode record, String streamArn, Instant arrival) {
    var event = (ObjectNode) record.deepCopy();
    event.put("awsRegion", Names.LOCAL.region());
    event.put("eventSourceARN", streamArn);
    ((ObjectNode) event.path("dynamodb"))
        .put("ApproximateCreationDateTime", arrival.getEpochSecond());
    return event;
  }

  static ObjectNode event(List<StreamRecord> records) {
    var event = Json.object();
    var list = event.putArray("Records");
    records.forEach(record -> list.add(record.json()));
    return event;
  }

  /**
   * Where in a batch the function stopped, by the lowest sequence number under batchItemFailures; 0
   * when the answer makes no sense, as AWS has it.
   */
  static OptionalInt firstFailure(JsonNode answer, List<StreamRecord> records) {
    var first = OptionalInt.empty();
    for (var failure : answer.path("batchItemFailures")) {
      var id = failure.path("itemIdentifier").asText("");
      var index = 0;
      while (index < records.size() && !records.get(index).sequenceNumber().equals(id)) {
        index++;
      }
      if (index == records.size()) {
        return OptionalInt.of(0);
      }
      if (first.isEmpty() || index < first.getAsInt()) {
        first = OptionalInt.of(index);
      }
    }
    return first;
  }

  /** What a failure destination is told of a batch that was given up. */
  static ObjectNode failure(
      StreamSlice slice, String functionArn, String condition, String streamArn, Instant now) {
    var records = slice.records();
    var report = Json.object();
    report
        .putObject("requestContext")
        .put("requestId", slice.id())
        .put("functionArn", functionArn)
        .put("condition", condition)
        .put("approximateInvokeCount", slice.attempts());
    slice
        .lastError()
        .ifPresent(error ->
            report
                .putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "$LATEST")
                .put("functionError", error));
    report.put("version", "1.0").put("timestamp", now.toString());
    report
        .putObject("DDBStreamBatchInfo")
        .put("shardId", records.getFirst().shardId())
        .put("startSequenceNumber", records.getFirst().sequenceNumber())
        .put("endSequenceNumber", records.getLast().sequenceNumber())
        .put("approximateArrivalOfFirstRecord", records.getFirst().arrival().toString())
        .put("approximateArrivalOfLastRecord", records.getLast().arrival().toString())
        .put("batchSize", records.size())
        .put("streamArn", streamArn);
    return report;
  }
}
