package io.leadloom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.Fault;
import io.leadloom.model.fault.ForbiddenException;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TenantBoundaryException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.model.fault.UnauthenticatedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A function behind routes of the HTTP API. Faults become problem documents. */
public abstract class HttpHandler implements RequestStreamHandler {

  private final Invocations invocations;

  /** A handler whose calls are scoped by {@code invocations}. */
  protected HttpHandler(Invocations invocations) {
    this.invocations = invocations;
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = Json.tree(input.readAllBytes());
    var request = HttpRequest.of(event);
    HttpResponse response;
    try {
      response =
          invocations.run(context, Map.of(), () -> Origins.ofRequest(event, () -> scoped(request)));
    } catch (Fault fault) {
      response = problem(fault);
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("statusCode", response.status());
    answer.put("headers", response.headers());
    answer.put("body", new String(response.body(), StandardCharsets.UTF_8));
    answer.put("isBase64Encoded", false);
    output.write(Json.bytes(answer));
  }

  private HttpResponse scoped(HttpRequest request) {
    return request
        .identified()
        .map(caller -> TenantScope.of(caller.tenant(), () -> handle(request)))
        .orElseGet(() -> handle(request));
  }

  /** Answers a request, within the scope of its caller's tenant. */
  protected abstract HttpResponse handle(HttpRequest request);

  private static HttpResponse problem(Fault fault) {
    return switch (fault) {
      case InvalidInputException f -> HttpResponse.problem(400, f.code(), f.getMessage());
      case UnauthenticatedException f -> HttpResponse.problem(401, f.code(), f.getMessage());
      case ForbiddenException f -> HttpResponse.problem(403, f.code(), f.getMessage());
      case NotFoundException f -> HttpResponse.problem(404, f.code(), f.getMessage());
      case TenantBoundaryException f ->
          HttpResponse.problem(404, "not-found", "There is no such thing");
      case ConflictException f -> HttpResponse.problem(409, f.code(), f.getMessage());
      case TransientException f -> HttpResponse.problem(503, f.code(), f.getMessage());
      case PermanentException f ->
          HttpResponse.problem(
              500, f.code(), "Something is broken on our side; an operator has been told");
    };
  }
}
