package io.leadloom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function behind a queue. Messages that fail are reported one by one, so that SQS brings back
 * only those and in the end puts them into the dead-letter queue.
 *
 * @param <M> the message, read from the body
 */
public abstract class QueueHandler<M> implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(QueueHandler.class);

  private final Class<M> messageType;
  private final Invocations invocations;

  /** A handler of messages of this type. */
  protected QueueHandler(Class<M> messageType, Invocations invocations) {
    this.messageType = messageType;
    this.invocations = invocations;
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var failures = new ArrayList<Map<String, String>>();
    for (var message : Json.tree(input.readAllBytes()).path("Records")) {
      var id = message.path("messageId").asText();
      try {
        invocations.run(
            context,
            Map.of("messageId", id),
            () -> {
              handle(Json.read(message.path("body").asText(), messageType));
              return id;
            });
      } catch (RuntimeException e) {
        LOG.debug("Message {} goes back to its queue", id, e);
        failures.add(Map.of("itemIdentifier", id));
      }
    }
    output.write(Json.bytes(Map.of("batchItemFailures", List.copyOf(failures))));
  }

  /** Handles a message; may see the same one again. */
  protected abstract void handle(M message);
}
