package io.leadloom.api;

import io.leadloom.platform.HttpHandler;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Wiring;
import io.leadloom.rest.Api;

/** All of {@code /v1}: what there is follows from the operations that the groups declare. */
public final class ApiHandler extends HttpHandler {

  private final Api api;

  /** Called by the Lambda runtime, once per execution environment. */
  public ApiHandler() {
    this(Wiring.bean(Api.class), Wiring.bean(Invocations.class));
  }

  ApiHandler(Api api, Invocations invocations) {
    super(invocations);
    this.api = api;
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    return api.answer(request);
  }
}
