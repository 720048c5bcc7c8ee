package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.local.template.Names;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to the queues: whoever reads one is told when something may have been sent to it. */
final class QueueGateway {

  private static final Set<String> SENDING =
      Set.of("SendMessage", "SendMessageBatch", "ChangeMessageVisibility");

  private final SqsServer server;
  private final Map<String, Runnable> readers = new ConcurrentHashMap<>();

  QueueGateway(SqsServer server) {
    this.server = server;
  }

  /** Has {@code reader} called before each message to a queue. */
  void onSend(String queueName, Runnable reader) {
    readers.put(queueName, reader);
  }

  /**
   * @throws AwsException when the service refuses
   */
  JsonNode call(String action, JsonNode request) {
    announce(action, request.path("QueueUrl").asText());
    return server.call(action, request);
  }

  /** Sends a text to the queue behind an ARN. */
  void send(String queueArn, String body, Optional<String> messageGroupId) {
    var request =
        Json.object()
            .put("QueueUrl", server.queueUrl(Names.lastPart(queueArn)))
            .put("MessageBody", body);
    messageGroupId.ifPresent(group -> request.put("MessageGroupId", group));
    call("SendMessage", request);
  }

  HttpResponse<byte[]> forward(String target, String contentType, byte[] body) {
    var action = target.substring(target.lastIndexOf('.') + 1);
    if (SENDING.contains(action)) {
      announce(action, Json.parse(body).path("QueueUrl").asText());
    } else if (action.equals("StartMessageMoveTask")) {
      readers.values().forEach(Runnable::run);
    }
    return server.client().forward(target, contentType, body);
  }

  HttpResponse<byte[]> forwardForm(String path, String contentType, byte[] body) {
    readers.values().forEach(Runnable::run);
    return server.client().forwardTo(path, contentType, body);
  }

  private void announce(String action, String queueUrl) {
    var reader = readers.get(Names.lastPart(queueUrl));
    if (reader != null && SENDING.contains(action)) {
      reader.run();
    }
  }
}
