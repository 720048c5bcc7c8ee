package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.Names;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The actions of SQS, in its JSON protocol. */
final class QueueActions implements JsonApi {

  private static final int BATCH_LIMIT = 10;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\\.fifo");
  private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private final Queues queues;
  private final Faults faults;
  private final URI awsUrl;
  private final QueueMoves moves;

  /**
   * @param awsUrl the edge, to which all queue URLs point
   */
  QueueActions(Queues queues, URI awsUrl, Faults faults) {
    this.queues = queues;
    this.faults = faults;
    this.awsUrl = awsUrl;
    this.moves = new QueueMoves(queues);
  }

  @Override
  public JsonNode call(String action, JsonNode request) {
    return switch (action) {
      case "SendMessage" -> send(queue(request), request);
      case "SendMessageBatch" -> sendBatch(request);
      case "ReceiveMessage" -> receive(request);
      case "DeleteMessage" -> delete(queue(request), request);
      case "DeleteMessageBatch" -> batch(request, entry -> delete(queue(request), entry));
      case "ChangeMessageVisibility" -> changeVisibility(queue(request), request);
      case "ChangeMessageVisibilityBatch" ->
          batch(request, entry -> changeVisibility(queue(request), entry));
      case "CreateQueue" -> create(request);
      case "DeleteQueue" -> {
        queues.delete(queue(request));
        yield Json.object();
      }
      case "PurgeQueue" -> {
        queues.update(queue(request), MessageQueue::purge);
        yield Json.object();
      }
      case "GetQueueUrl" -> {
        var name = text(request, "QueueName");
        String url = queues.look(name, queue -> url(queue.name()));
        yield Json.object().put("QueueUrl", url);
      }
      case "ListQueues" -> list(request);
      case "GetQueueAttributes" -> attributes(request);
      case "SetQueueAttributes" -> setAttributes(request);
      case "ListDeadLetterSourceQueues" -> sources(request);
      case "StartMessageMoveTask" -> moves.start(request);
      case "ListMessageMoveTasks" -> moves.list(request);
      default -> throw JsonApi.unknown("SQS", action);
    };
  }

  /** Sends a text to the queue behind an ARN. */
  void send(String queueArn, String body, Optional<String> messageGroupId) {
    var request = Json.object().put("MessageBody", body);
    messageGroupId.ifPresent(group -> request.put("MessageGroupId", group));
    send(Names.lastPart(queueArn), request);
  }

  /** Sends a text with attributes to the queue behind an ARN. */
  void send(String queueArn, String body, Map<String, String> attributes) {
    var request = Json.object().put("MessageBody", body);
    var texts = request.putObject("MessageAttributes");
    attributes.forEach(
        (name, value) -> texts.putObject(name).put("DataType", "String").put("StringValue", value));
    send(Names.lastPart(queueArn), request);
  }

  private String url(String name) {
    return awsUrl + "/" + Names.LOCAL.accountId() + "/" + name;
  }

  private static String queue(JsonNode request) {
    return Names.lastPart(text(request, "QueueUrl"));
  }

  private static String text(JsonNode request, String name) {
    var value = request.path(name).asText("");
    if (value.isEmpty()) {
      throw new AwsException(
          "MissingParameter", "The request must contain the parameter " + name + ".");
    }
    return value;
  }

  private ObjectNode send(String name, JsonNode request) {
    var settings = queues.look(name, MessageQueue::settings);
    var message = message(request, settings);
    var accepted = accept(name, message, settings);
    var answer =
        Json.object()
            .put("MessageId", accepted.id())
            .put("MD5OfMessageBody", MessageDigests.ofBody(message.body()));
    if (!message.attributes().isEmpty()) {
      answer.put("MD5OfMessageAttributes", MessageDigests.ofAttributes(message.attributes()));
    }
    if (settings.fifo()) {
      answer.put("SequenceNumber", sequenceNumber(accepted.sequence()));
    }
    return answer;
  }

  private MessageQueue.Accepted accept(
      String name, MessageQueue.NewMessage message, QueueSettings settings) {
    // A FIFO queue has order and single delivery for its word.
    if (settings.fifo()) {
      return queues.send(name, message);
    }
    var late = faults.lateness("sqs", "");
    var sent =
        late.isZero()
            ? message
            : message.delayed(message.delay().orElseGet(settings::delay).plus(late));
    if (faults.strikes("sqs", "", FaultRule.Kind.DUPLICATE)) {
      queues.send(name, message);
    }
    return queues.send(name, sent);
  }

  private static MessageQueue.NewMessage message(JsonNode request, QueueSettings settings) {
    var body = text(request, "MessageBody");
    check(body, request.path("MessageAttributes"), settings);
    var group = optional(request, "MessageGroupId");
    var deduplication = optional(request, "MessageDeduplicationId");
    var delay = seconds(request, "DelaySeconds", 900);
    if (settings.fifo()) {
      if (group == null) {
        throw new AwsException(
            "MissingParameter", "The request must contain the parameter MessageGroupId.");
      }
      if (delay.filter(Duration::isPositive).isPresent()) {
        throw invalid(
            request.path("DelaySeconds").asText(),
            "DelaySeconds",
            "The request include parameter that is not valid for this queue type.");
      }
      if (deduplication == null) {
        if (!settings.contentBasedDeduplication()) {
          throw new AwsException(
              "InvalidParameterValue",
              "The queue should either have ContentBasedDeduplication enabled or"
                  + " MessageDeduplicationId provided explicitly");
        }
        deduplication = MessageDigests.contentId(body);
      }
      delay = Optional.empty();
    } else if (deduplication != null) {
      throw invalid(
          deduplication,
          "MessageDeduplicationId",
          "The request includes a parameter that is not valid for this queue type.");
    }
    var attributes = request.path("MessageAttributes");
    var trace = request.at("/MessageSystemAttributes/AWSTraceHeader/StringValue");
    return new MessageQueue.NewMessage(
        body,
        attributes.isObject() ? attributes : Json.object(),
        trace.isTextual() ? trace.asText() : null,
        delay,
        group,
        deduplication);
  }

  private static void check(String body, JsonNode attributes, QueueSettings settings) {
    var bytes = body.getBytes(StandardCharsets.UTF_8).length;
    for (var attribute : attributes.properties()) {
      var value = attribute.getValue();
      bytes += attribute.getKey().length() + value.path("DataType").asText().length();
      bytes += value.path("StringValue").asText(value.path("BinaryValue").asText()).length();
    }
    if (bytes > settings.maximumMessageBytes()) {
      throw new AwsException(
          "InvalidParameterValue",
          "One or more parameters are invalid. Reason: Message must be shorter than "
              + settings.maximumMessageBytes()
              + " bytes.");
    }
    if (!body.codePoints().allMatch(QueueActions::isAllowed)) {
      throw new AwsException(
          "InvalidMessageContents", "Invalid characters found in the message body.");
    }
  }

  /** The characters of XML 1.0. */
  private static boolean isAllowed(int c) {
    return c == 0x9
        || c == 0xA
        || c == 0xD
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }

  private JsonNode sendBatch(JsonNode request) {
    var bytes = 0;
    for (var entry : request.path("Entries")) {
      bytes += entry.path("MessageBody").asText().getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > QueueSettings.MESSAGE_BYTES_LIMIT) {
      throw new AwsException(
          "BatchRequestTooLong",
          "Batch requests cannot be longer than "
              + QueueSettings.MESSAGE_BYTES_LIMIT
              + " bytes. You have sent "
              + bytes
              + " bytes.");
    }
    return batch(request, entry -> send(queue(request), entry));
  }

  private JsonNode batch(JsonNode request, Function<JsonNode, ObjectNode> each) {
    var entries = request.path("Entries");
    if (entries.isEmpty()) {
      throw new AwsException(
          "EmptyBatchRequest", "There should be at least one entry in the request.");
    }
    if (entries.size() > BATCH_LIMIT) {
      throw new AwsException(
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
    }
    var ids = new HashSet<String>();
    for (var entry : entries) {
      var id = entry.path("Id").asText();
      if (!ENTRY_ID.matcher(id).matches()) {
        throw new AwsException(
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores."
                + " It can be at most 80 letters long.");
      }
      if (!ids.add(id)) {
        throw new AwsException("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
      }
    }
    // A batch to a queue that is not there is refused as a whole.
    queues.look(queue(request), MessageQueue::name);
    var answer = Json.object();
    var successful = answer.putArray("Successful");
    var failed = Json.array();
    for (var entry : entries) {
      var id = entry.path("Id").asText();
      try {
        successful.add(each.apply(entry).put("Id", id));
      } catch (AwsException e) {
        failed
            .addObject()
            .put("Id", id)
            .put("Code", e.type())
            .put("Message", e.text())
            .put("SenderFault", true);
      }
    }
    answer.set("Failed", failed);
    return answer;
  }

  private JsonNode receive(JsonNode request) {
    var name = queue(request);
    var limit = request.path("MaxNumberOfMessages").asInt(1);
    if (limit < 1 || limit > BATCH_LIMIT) {
      throw invalid(
          Integer.toString(limit), "MaxNumberOfMessages", "Must be between 1 and 10, if provided.");
    }
    var wait =
        seconds(request, "WaitTimeSeconds", 20)
            .orElseGet(() -> queues.look(name, queue -> queue.settings().receiveWait()));
    var timeout = seconds(request, "VisibilityTimeout", 43200);
    var messages = queues.receive(name, limit, timeout, wait);
    var answer = Json.object();
    if (!messages.isEmpty()) {
      var list = answer.putArray("Messages");
      messages.forEach(message -> list.add(ReceivedMessages.json(message, request)));
    }
    return answer;
  }

  private ObjectNode delete(String name, JsonNode request) {
    queues.delete(name, text(request, "ReceiptHandle"));
    return Json.object();
  }

  private ObjectNode changeVisibility(String name, JsonNode request) {
    var timeout =
        seconds(request, "VisibilityTimeout", 43200)
            .orElseThrow(() ->
                new AwsException(
                    "MissingParameter",
                    "The request must contain the parameter VisibilityTimeout."));
    queues.changeVisibility(name, text(request, "ReceiptHandle"), timeout);
    return Json.object();
  }

  private JsonNode create(JsonNode request) {
    var name = text(request, "QueueName");
    var settings = QueueSettings.of(texts(request.path("Attributes")));
    if (!NAME.matcher(name).matches() || settings.fifo() != name.endsWith(".fifo")) {
      throw new AwsException(
          "InvalidParameterValue",
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length;"
              + " the name of a FIFO queue, and of no other, ends with .fifo");
    }
    checkDeadLetterQueue(settings);
    queues.create(name, settings);
    return Json.object().put("QueueUrl", url(name));
  }

  private void checkDeadLetterQueue(QueueSettings settings) {
    var target = settings.deadLetterQueue();
    if (target.isPresent() && !queues.names().contains(target.get())) {
      throw invalid(
          settings.values().getOrDefault("RedrivePolicy", ""),
          "RedrivePolicy",
          "Dead letter target does not exist.");
    }
  }

  private JsonNode list(JsonNode request) {
    var prefix = request.path("QueueNamePrefix").asText("");
    var answer = Json.object();
    var urls = answer.putArray("QueueUrls");
    queues.names().stream().filter(n -> n.startsWith(prefix)).forEach(n -> urls.add(url(n)));
    return answer;
  }

  private JsonNode sources(JsonNode request) {
    var name = queues.look(queue(request), MessageQueue::name);
    var answer = Json.object();
    ArrayNode urls = answer.putArray("queueUrls");
    queues.sourcesOf(name).forEach(n -> urls.add(url(n)));
    return answer;
  }

  private JsonNode attributes(JsonNode request) {
    var all = queues.look(queue(request), QueueActions::describe);
    var attributes = Json.object();
    for (var wanted : request.path("AttributeNames")) {
      var name = wanted.asText();
      if (name.equals("All")) {
        attributes.setAll(all);
      } else if (all.has(name)) {
        attributes.set(name, all.get(name));
      }
    }
    var answer = Json.object();
    if (!attributes.isEmpty()) {
      answer.set("Attributes", attributes);
    }
    return answer;
  }

  private static ObjectNode describe(MessageQueue queue) {
    return queue
        .settings()
        .describe()
        .put("QueueArn", queue.arn())
        .put("CreatedTimestamp", Long.toString(queue.created()))
        .put("LastModifiedTimestamp", Long.toString(queue.created()))
        .put("ApproximateNumberOfMessages", Integer.toString(queue.visibleCount()))
        .put("ApproximateNumberOfMessagesDelayed", Integer.toString(queue.delayedCount()))
        .put("ApproximateNumberOfMessagesNotVisible", Integer.toString(queue.inFlightCount()));
  }

  private JsonNode setAttributes(JsonNode request) {
    var changes = texts(request.path("Attributes"));
    queues.change(
        queue(request),
        settings -> {
          var changed = settings.with(changes);
          checkDeadLetterQueue(changed);
          return changed;
        });
    return Json.object();
  }

  private static Map<String, String> texts(JsonNode object) {
    var texts = new TreeMap<String, String>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  private static @Nullable String optional(JsonNode request, String name) {
    var value = request.path(name).asText("");
    return value.isEmpty() ? null : value;
  }

  private static Optional<Duration> seconds(JsonNode request, String name, int most) {
    if (!request.hasNonNull(name)) {
      return Optional.empty();
    }
    var seconds = request.get(name).asInt(-1);
    if (seconds < 0 || seconds > most) {
      throw invalid(
          request.get(name).asText(), name, "Must be between 0 and " + most + ", if provided.");
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }

  /** The error's code and fault in the older protocol, which SDKs still tell their callers. */
  static String olderCode(AwsException e) {
    var code =
        switch (e.type()) {
          case "QueueDoesNotExist" -> "AWS.SimpleQueueService.NonExistentQueue";
          case "QueueNameExists" -> "QueueAlreadyExists";
          case "MessageNotInflight",
              "EmptyBatchRequest",
              "TooManyEntriesInBatchRequest",
              "BatchEntryIdsNotDistinct",
              "InvalidBatchEntryId",
              "BatchRequestTooLong",
              "UnsupportedOperation" ->
              "AWS.SimpleQueueService." + e.type();
          default -> e.type();
        };
    return code + (e.status() < 500 ? ";Sender" : ";Receiver");
  }

  static String sequenceNumber(long sequence) {
    return "%020d".formatted(sequence);
  }

  private static AwsException invalid(String value, String parameter, String reason) {
    return new AwsException(
        "InvalidParameterValue",
        "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
  }
}
