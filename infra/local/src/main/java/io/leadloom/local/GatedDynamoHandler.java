package io.leadloom.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.model.ListTablesRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** DynamoDB Local behind a gate, in the server itself, so that nobody gets around it. */
final class GatedDynamoHandler extends LocalDynamoDBServerHandler {

  private static final Set<String> TRANSACTIONS =
      Set.of("TransactWriteItems", "ExecuteTransaction");

  private final DynamoGate gate;
  private final LocalDynamoDBRequestHandler tables;

  GatedDynamoHandler(LocalDynamoDBRequestHandler tables, DynamoGate gate) {
    super(tables, null);
    this.tables = tables;
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
      return super.handle(
          new ReadRequest(request, body),
          TRANSACTIONS.contains(action) ? new CommittedResponse(request, response) : response,
          callback);
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

  /**
   * The answer to a transaction, held back until it is in the file: DynamoDB Local answers when it
   * has asked for the commit, and does not wait for it, so that a transaction which was answered
   * would be lost with the process. What is asked next waits for its turn behind the commit.
   */
  private final class CommittedResponse extends Response.Wrapper {

    private CommittedResponse(Request request, Response response) {
      super(request, response);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      tables.listTables("stack", "us-east-1", new ListTablesRequest());
      super.write(last, content, callback);
    }
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
