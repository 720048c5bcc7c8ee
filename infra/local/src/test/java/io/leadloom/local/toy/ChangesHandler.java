package io.leadloom.local.toy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Notes the changes of a table; a batch with a "broken" item makes it throw. */
public final class ChangesHandler implements RequestStreamHandler {

  private final ObjectMapper json = new ObjectMapper();

  /** Called by the stack. */
  public ChangesHandler() {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var ids = new ArrayList<String>();
    for (JsonNode record : json.readTree(input).path("Records")) {
      var who = record.at("/userIdentity/principalId").asText("");
      ids.add(
          record.path("eventName").asText()
              + " "
              + record.at("/dynamodb/Keys/id/S").asText()
              + (who.isEmpty() ? "" : " by " + who));
    }
    Recorder.CHANGES.add(ids);
    if (ids.stream().anyMatch(id -> id.contains("broken"))) {
      throw new IOException("made to fail");
    }
    output.write("{}".getBytes(StandardCharsets.UTF_8));
  }
}
