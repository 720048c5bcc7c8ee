package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.Names;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a queue that can be set, by their names in the API.
 *
 * @param values what was set; the defaults of SQS hold for the rest
 */
record QueueSettings(Map<String, String> values) {

  /** In bytes; also the limit of a whole batch. */
  static final int MESSAGE_BYTES_LIMIT = 1024 * 1024;

  /** What SQS takes for each attribute that is a number. */
  private record Range(long least, long most, long usual) {}

  private static final Map<String, Range> NUMBERS =
      Map.of(
          "DelaySeconds", new Range(0, 900, 0),
          "KmsDataKeyReusePeriodSeconds", new Range(60, 86400, 300),
          "MaximumMessageSize", new Range(1024, MESSAGE_BYTES_LIMIT, MESSAGE_BYTES_LIMIT),
          "MessageRetentionPeriod", new Range(60, 1209600, 345600),
          "ReceiveMessageWaitTimeSeconds", new Range(0, 20, 0),
          "VisibilityTimeout", new Range(0, 43200, 30));

  private static final Set<String> FIFO_ONLY =
      Set.of("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit");

  private static final Set<String> OTHERS =
      Set.of(
          "FifoQueue",
          "KmsMasterKeyId",
          "Policy",
          "RedriveAllowPolicy",
          "RedrivePolicy",
          "SqsManagedSseEnabled");

  /** Where messages go that were received too often. */
  record Redrive(String deadLetterArn, int maxReceives) {}

  /**
   * @throws AwsException when SQS would refuse an attribute
   */
  static QueueSettings of(Map<String, String> values) {
    var fifo = "true".equals(values.get("FifoQueue"));
    for (var entry : values.entrySet()) {
      var name = entry.getKey();
      var range = NUMBERS.get(name);
      if (range != null) {
        checkNumber(name, entry.getValue(), range);
      } else if (FIFO_ONLY.contains(name) ? !fifo : !OTHERS.contains(name)) {
        throw new AwsException("InvalidAttributeName", "Unknown Attribute " + name + ".");
      }
    }
    var settings = new QueueSettings(new TreeMap<>(values));
    settings.redrive();
    return settings;
  }

  private static void checkNumber(String name, String value, Range range) {
    try {
      var number = Long.parseLong(value);
      if (number >= range.least() && number <= range.most()) {
        return;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, e);
    }
    throw invalid(name, null);
  }

  private static AwsException invalid(String name, @Nullable Exception cause) {
    var refusal =
        new AwsException("InvalidAttributeValue", "Invalid value for the parameter " + name + ".");
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }

  /** These settings with some changed; an empty text takes one back. */
  QueueSettings with(Map<String, String> changes) {
    var merged = new TreeMap<>(values);
    changes.forEach((name, value) -> {
      if (value.isEmpty()) {
        merged.remove(name);
      } else {
        merged.put(name, value);
      }
    });
    return of(merged);
  }

  boolean fifo() {
    return flag("FifoQueue");
  }

  boolean contentBasedDeduplication() {
    return flag("ContentBasedDeduplication");
  }

  boolean deduplicatesByGroup() {
    return "messageGroup".equals(values.get("DeduplicationScope"));
  }

  private boolean flag(String name) {
    return "true".equals(values.get(name));
  }

  Duration delay() {
    return seconds("DelaySeconds");
  }

  /** How old a message can become, whoever is at work on it. */
  Duration retention() {
    return seconds("MessageRetentionPeriod");
  }

  Duration visibilityTimeout() {
    return seconds("VisibilityTimeout");
  }

  Duration receiveWait() {
    return seconds("ReceiveMessageWaitTimeSeconds");
  }

  int maximumMessageBytes() {
    return (int) number("MaximumMessageSize");
  }

  private Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  private long number(String name) {
    var value = values.get(name);
    var range = NUMBERS.get(name);
    if (range == null) {
      throw new IllegalArgumentException(name + " is not a number of a queue");
    }
    return value == null ? range.usual() : Long.parseLong(value);
  }

  Optional<Redrive> redrive() {
    var policy = values.get("RedrivePolicy");
    if (policy == null) {
      return Optional.empty();
    }
    JsonNode json;
    try {
      json = Json.parse(policy);
    } catch (IllegalArgumentException e) {
      throw invalid("RedrivePolicy", e);
    }
    var arn = json.path("deadLetterTargetArn").asText("");
    var receives = json.path("maxReceiveCount").asInt(0);
    if (arn.isEmpty() || receives < 1 || receives > 1000) {
      throw new AwsException(
          "InvalidParameterValue",
          "Value "
              + policy
              + " for parameter RedrivePolicy is invalid. Reason: it needs a deadLetterTargetArn and"
              + " a maxReceiveCount from 1 to 1000.");
    }
    return Optional.of(new Redrive(arn, receives));
  }

  /** The queue to which too often received messages go, by name. */
  Optional<String> deadLetterQueue() {
    return redrive().map(r -> Names.lastPart(r.deadLetterArn()));
  }

  /** All attributes as GetQueueAttributes tells them, the defaults among them. */
  ObjectNode describe() {
    var attributes = Json.object();
    NUMBERS.forEach((name, range) -> {
      if (!name.startsWith("Kms")) {
        attributes.put(name, Long.toString(number(name)));
      }
    });
    attributes.put("SqsManagedSseEnabled", "true");
    values.forEach(attributes::put);
    return attributes;
  }
}
