package io.leadloom.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** DynamoDB Local behind a gate, in the server itself, so that nobody gets around it. */
final class GatedDynamoHandler extends LocalDynamoDBServerHandler {

  private final DynamoGate gate;

  GatedDynamoHandler(LocalDynamoDBRequestHandler tables, DynamoGate gate) {
    super(tables, null);
    this.gate = gate;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var target = request.getHeaders().get("X-Amz-Target");
    if (target == null) {
      return super.handle(request, response, callback);
    }
    var action = target.substring(target.lastIndexOf('.') + 1);
    var body = body(request);
    try {
      if (!request.getHeaders().contains(JsonService.OWN)) {
        gate.admit(target, body);
      }
      var answer = gate.answer(action, body);
      if (answer.isPresent()) {
        respond(response, 200, answer.get(), callback);
        return true;
      }
    } catch (AwsException e) {
      respond(
          response,
          e.status(),
          Json.object().put("__type", e.type()).put("message", e.text()),
          callback);
      return true;
    }
    try (var passage = gate.enter(action, body)) {
      return super.handle(new ReadRequest(request, body), response, callback);
    }
  }

  private static byte[] body(Request request) throws IOException {
    try (var in = Content.Source.asInputStream(request)) {
      return in.readAllBytes();
    }
  }

  private static void respond(Response response, int status, JsonNode answer, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
    response.write(true, ByteBuffer.wrap(Json.bytes(answer)), callback);
  }

  /** A request whose body is read already. */
  private static final class ReadRequest extends Request.Wrapper {
    private final ByteBufferContentSource content;

    private ReadRequest(Request request, byte[] body) {
      super(request);
      this.content = new ByteBufferContentSource(ByteBuffer.wrap(body));
    }

    @Override
    public Content.Chunk read() {
      return content.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
      content.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
      content.fail(failure);
    }
  }
}
