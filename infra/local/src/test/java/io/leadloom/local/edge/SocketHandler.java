package io.leadloom.local.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets clients in who say so, answers a message with its event, and notes every event. */
public final class SocketHandler implements RequestStreamHandler {

  /** All events, in the order of their coming. */
  public static final List<JsonNode> EVENTS = new CopyOnWriteArrayList<>();

  private final ObjectMapper json = new ObjectMapper();

  /** Called by the stack. */
  public SocketHandler() {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = json.readTree(input);
    EVENTS.add(event);
    if (event.at("/requestContext/routeKey").asText().equals("boom")) {
      throw new IOException("boom");
    }
    var key = event.at("/queryStringParameters/key").asText("open");
    var answer =
        json.createObjectNode()
            .put("statusCode", key.equals("open") ? 200 : Integer.parseInt(key))
            .put("body", event.path("body").asText());
    output.write(json.writeValueAsBytes(answer));
  }
}
