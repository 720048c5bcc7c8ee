package io.leadloom.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;

/** The target of the rule on what Amazon SES tells the event bus about messages. */
public final class ReceiveMailEventHandler
    extends StepHandler<ReceiveMailEventHandler.Request, ReceiveMailEventHandler.Response> {

  private final ReceiveMailEvent receiveMailEvent;

  /** Called by the Lambda runtime, once per execution environment. */
  public ReceiveMailEventHandler() {
    this(Wiring.bean(ReceiveMailEvent.class), Wiring.bean(Invocations.class));
  }

  ReceiveMailEventHandler(ReceiveMailEvent receiveMailEvent, Invocations invocations) {
    super(Request.class, invocations);
    this.receiveMailEvent = receiveMailEvent;
  }

  @Override
  protected Response handle(Request request) {
    return new Response(receiveMailEvent.run(request.id(), request.detail()).name());
  }

  /**
   * An event of EventBridge, as far as it matters here.
   *
   * @param id the same when the event is delivered again
   * @param detail as SES writes it
   */
  public record Request(String id, JsonNode detail) {}

  /** {@code QUEUED}, {@code REPEATED} or {@code FOREIGN}. */
  public record Response(String outcome) {}
}
