package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The events that Lambda makes of SQS messages, and the answers to them. */
final class QueueEvents {

  private QueueEvents() {}

  static ObjectNode event(List<StoredMessage> messages, String queueArn) {
    var event = Json.object();
    var records = event.putArray("Records");
    for (var message : messages) {
      var record =
          records
              .addObject()
              .put("messageId", message.id())
              .put("receiptHandle", message.receiptHandle())
              .put("body", message.body());
      record.set("attributes", ReceivedMessages.systemAttributes(message));
      var attributes = record.putObject("messageAttributes");
      for (var entry : message.attributes().properties()) {
        attributes.set(entry.getKey(), attribute(entry.getValue()));
      }
      record
          .put("md5OfBody", MessageDigests.ofBody(message.body()))
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", queueArn)
          .put("awsRegion", Names.LOCAL.region());
    }
    return event;
  }

  /** What filter patterns are held against: the body as JSON where it is JSON. */
  static ObjectNode filterable(StoredMessage message) {
    var event = Json.object();
    try {
      event.set("body", Json.parse(message.body()));
    } catch (IllegalArgumentException e) {
      event.put("body", message.body());
    }
    event.set("attributes", ReceivedMessages.systemAttributes(message));
    return event;
  }

  /** The ids under batchItemFailures; all of them when the answer makes no sense, as AWS has it. */
  static Set<String> reportedFailures(JsonNode answer, Set<String> all) {
    var failed = new HashSet<String>();
    for (var failure : answer.path("batchItemFailures")) {
      var id = failure.path("itemIdentifier").asText("");
      if (!all.contains(id)) {
        return all;
      }
      failed.add(id);
    }
    return failed;
  }

  private static ObjectNode attribute(JsonNode attribute) {
    var value = Json.object();
    if (attribute.has("StringValue")) {
      value.set("stringValue", attribute.get("StringValue"));
    }
    if (attribute.has("BinaryValue")) {
      value.set("binaryValue", attribute.get("BinaryValue"));
    }
    value.putArray("stringListValues");
    value.putArray("binaryListValues");
    value.set("dataType", attribute.path("DataType"));
    return value;
  }
}
