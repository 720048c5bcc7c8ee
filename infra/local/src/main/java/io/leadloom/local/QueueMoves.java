package io.leadloom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.local.template.Names;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/**
 * Moves of dead letters back to where they came from. A move is done when its start is answered.
 */
final class QueueMoves {

  private static final int LISTED = 10;

  private final Queues queues;
  private final Deque<ObjectNode> done = new ArrayDeque<>();

  QueueMoves(Queues queues) {
    this.queues = queues;
  }

  JsonNode start(JsonNode request) {
    var sourceArn = request.path("SourceArn").asText();
    var source = existing(sourceArn);
    var sources = queues.sourcesOf(source);
    if (sources.isEmpty()) {
      throw new AwsException(
          "UnsupportedOperation", "Source queue must be configured as a Dead Letter Queue.");
    }
    var destination = request.path("DestinationArn").asText("");
    var target = destination.isEmpty() ? sources.getFirst() : existing(destination);
    var moved = queues.move(source, target);
    var task =
        Json.object()
            .put("Status", "COMPLETED")
            .put("SourceArn", sourceArn)
            .put("ApproximateNumberOfMessagesMoved", moved)
            .put("ApproximateNumberOfMessagesToMove", moved);
    if (!destination.isEmpty()) {
      task.put("DestinationArn", destination);
    }
    synchronized (done) {
      done.addFirst(task);
    }
    return Json.object().put("TaskHandle", UUID.randomUUID().toString());
  }

  JsonNode list(JsonNode request) {
    var source = request.path("SourceArn").asText();
    existing(source);
    var answer = Json.object();
    var results = answer.putArray("Results");
    synchronized (done) {
      done.stream()
          .filter(task -> task.path("SourceArn").asText().equals(source))
          .limit(Math.clamp(request.path("MaxResults").asInt(1), 1, LISTED))
          .forEach(results::add);
    }
    return answer;
  }

  private String existing(String arn) {
    var name = Names.lastPart(arn);
    if (!queues.names().contains(name)) {
      throw new AwsException(
          "ResourceNotFoundException", "The resource that you specified doesn't exist.");
    }
    return name;
  }
}
