package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Messages as ReceiveMessage answers them. */
final class ReceivedMessages {

  private ReceivedMessages() {}

  /**
   * @param request names the attributes that are wanted
   */
  static ObjectNode json(StoredMessage message, JsonNode request) {
    var json =
        Json.object()
            .put("MessageId", message.id())
            .put("ReceiptHandle", message.receiptHandle())
            .put("MD5OfBody", MessageDigests.ofBody(message.body()))
            .put("Body", message.body());
    var wanted = texts(request.path("MessageSystemAttributeNames"));
    wanted.addAll(texts(request.path("AttributeNames")));
    var system = systemAttributes(message);
    if (!wanted.contains("All")) {
      system.retain(wanted);
    }
    if (!system.isEmpty()) {
      json.set("Attributes", system);
    }
    var attributes = selected(message.attributes(), texts(request.path("MessageAttributeNames")));
    if (!attributes.isEmpty()) {
      json.set("MessageAttributes", attributes);
      json.put("MD5OfMessageAttributes", MessageDigests.ofAttributes(attributes));
    }
    return json;
  }

  /** What SQS itself knows of a message. */
  static ObjectNode systemAttributes(StoredMessage message) {
    var attributes =
        Json.object()
            .put("SenderId", "000000000000")
            .put("SentTimestamp", Long.toString(message.sentAt()))
            .put("ApproximateReceiveCount", Integer.toString(message.receives()))
            .put("ApproximateFirstReceiveTimestamp", Long.toString(message.firstReceivedAt()));
    put(attributes, "MessageGroupId", message.groupId());
    put(attributes, "MessageDeduplicationId", message.deduplicationId());
    put(attributes, "AWSTraceHeader", message.traceHeader());
    put(attributes, "DeadLetterQueueSourceArn", message.sourceArn());
    if (message.deduplicationId() != null) {
      attributes.put("SequenceNumber", QueueActions.sequenceNumber(message.sequence()));
    }
    return attributes;
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  /** Names, prefixes with {@code .*}, or all. */
  private static ObjectNode selected(JsonNode attributes, Set<String> wanted) {
    var selected = Json.object();
    for (var attribute : attributes.properties()) {
      var name = attribute.getKey();
      var isWanted =
          wanted.stream()
              .anyMatch(w ->
                  w.equals("All")
                      || w.equals(name)
                      || w.endsWith(".*") && name.startsWith(w.substring(0, w.length() - 2)));
      if (isWanted) {
        selected.set(name, attribute.getValue());
      }
    }
    return selected;
  }

  private static Set<String> texts(JsonNode list) {
    var texts = new TreeSet<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
