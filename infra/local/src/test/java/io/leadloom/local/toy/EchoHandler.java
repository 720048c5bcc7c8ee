package io.leadloom.local.toy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers a request with its event; a request to /fail with an exception. */
public final class EchoHandler implements RequestStreamHandler {

  private final ObjectMapper json = new ObjectMapper();

  /** Called by the stack. */
  public EchoHandler() {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = json.readTree(input);
    if (event.path("rawPath").asText().equals("/fail")) {
      throw new IOException("made to fail");
    }
    var answer = json.createObjectNode().put("statusCode", 201).put("body", event.toString());
    answer.putObject("headers").put("content-type", "application/json").put("x-toy", "1");
    answer.putArray("cookies").add("a=1; Path=/").add("b=2");
    output.write(json.writeValueAsBytes(answer));
  }
}
