package io.leadloom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step of a state machine, or a schedule's target: a record in, a record out. A subclass
 * translates and calls one use case.
 *
 * @param <I> the request, read from the state's payload
 * @param <O> the answer; state machines choose by its {@code outcome}
 */
public abstract class StepHandler<I, O> implements RequestStreamHandler {

  private static final List<String> IDS = List.of("tenantId", "leadId", "correlationId");

  private final Class<I> requestType;
  private final Invocations invocations;

  /** A step that reads requests of this type. */
  protected StepHandler(Class<I> requestType, Invocations invocations) {
    this.requestType = requestType;
    this.invocations = invocations;
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var payload = Json.tree(input.readAllBytes());
    var answer =
        invocations.run(
            context, ids(payload), () -> handle(Json.read(Json.bytes(payload), requestType)));
    output.write(Json.bytes(answer));
  }

  /** Does the step. */
  protected abstract O handle(I request);

  private static Map<String, String> ids(JsonNode payload) {
    var ids = new LinkedHashMap<String, String>();
    for (var name : IDS) {
      if (payload.path(name).isTextual()) {
        ids.put(name, payload.path(name).asText());
      }
    }
    return ids;
  }
}
