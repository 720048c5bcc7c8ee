package io.leadloom.local.toy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes orders from the queue; a "bad" one never works, a "late" one at the second time. */
public final class OrdersHandler
    implements RequestHandler<OrdersHandler.Batch, Map<String, Object>> {

  /** An SQS event. */
  public record Batch(List<Message> Records) {}

  /** A message of it. */
  public record Message(String messageId, String body, Map<String, String> attributes) {}

  /** Called by the stack. */
  public OrdersHandler() {}

  @Override
  public Map<String, Object> handleRequest(Batch batch, Context context) {
    var failures = new ArrayList<Map<String, String>>();
    for (var message : batch.Records()) {
      Recorder.ORDERS.add(message.body());
      var first = "1".equals(message.attributes().get("ApproximateReceiveCount"));
      if (message.body().startsWith("bad") || message.body().startsWith("late") && first) {
        failures.add(Map.of("itemIdentifier", message.messageId()));
      }
    }
    return Map.of("batchItemFailures", failures);
  }
}
