package io.leadloom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function behind the stream of the table. A batch that fails is brought again as a whole, or in
 * halves: what is done for a change must be harmless to do again.
 */
public abstract class StreamHandler implements RequestStreamHandler {

  private final Invocations invocations;

  /** A handler whose calls are scoped by {@code invocations}. */
  protected StreamHandler(Invocations invocations) {
    this.invocations = invocations;
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var changes = new ArrayList<Change>();
    for (var record : Json.tree(input.readAllBytes()).path("Records")) {
      Change.of(record).ifPresent(changes::add);
    }
    invocations.run(
        context,
        Map.of(),
        () -> {
          handle(List.copyOf(changes));
          return changes;
        });
    output.write(Json.bytes(Map.of()));
  }

  /** Handles changes in the order in which they were made; may see the same ones again. */
  protected abstract void handle(List<Change> changes);
}
