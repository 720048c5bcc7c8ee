package io.leadloom.local.toy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Notes the batches of queues. A body that starts with "broken" makes it throw; one that starts
 * with "late" is reported as failed at the first time, and with it all that follows.
 */
public final class BatchHandler
    implements RequestHandler<OrdersHandler.Batch, Map<String, Object>> {

  /** Called by the stack. */
  public BatchHandler() {}

  @Override
  public Map<String, Object> handleRequest(OrdersHandler.Batch batch, Context context) {
    var bodies = batch.Records().stream().map(OrdersHandler.Message::body).toList();
    Recorder.BATCHES.add(bodies);
    if (bodies.stream().anyMatch(body -> body.startsWith("broken"))) {
      throw new IllegalStateException("made to fail");
    }
    var failures = new ArrayList<Map<String, String>>();
    for (var message : batch.Records()) {
      var first = "1".equals(message.attributes().get("ApproximateReceiveCount"));
      if (!failures.isEmpty() || message.body().startsWith("late") && first) {
        failures.add(Map.of("itemIdentifier", message.messageId()));
      }
    }
    return Map.of("batchItemFailures", List.copyOf(failures));
  }
}
