package io.leadloom.outreach;

import io.leadloom.model.DraftId;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.TouchId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The "Send touch" step of {@code lead-lifecycle.asl.json}. */
public final class SendTouchHandler
    extends StepHandler<SendTouchHandler.Request, SendTouchHandler.Response> {

  private final SendTouch sendTouch;

  /** Called by the Lambda runtime, once per execution environment. */
  public SendTouchHandler() {
    this(Wiring.bean(SendTouch.class), Wiring.bean(Invocations.class));
  }

  SendTouchHandler(SendTouch sendTouch, Invocations invocations) {
    super(Request.class, invocations);
    this.sendTouch = sendTouch;
  }

  @Override
  protected Response handle(Request request) {
    return switch (sendTouch.run(
        TenantId.of(request.tenantId()),
        LeadId.of(request.leadId()),
        DraftId.of(request.draftId()),
        TouchId.of(request.touchId()))) {
      case SendTouch.Outcome.Sent(var patience) ->
          new Response("SENT", patience.toSeconds(), null, null, null);
      case SendTouch.Outcome.Unknown(var patience) ->
          new Response("UNKNOWN", patience.toSeconds(), null, null, null);
      case SendTouch.Outcome.Later(var sendAt) -> new Response("LATER", null, sendAt, null, null);
      case SendTouch.Outcome.Held(var sendAt, var reason) ->
          new Response("LATER", null, sendAt, null, reason);
      case SendTouch.Outcome.Stopped(var reason) ->
          new Response("STOPPED", null, null, null, reason);
      case SendTouch.Outcome.Replied(var reply) ->
          new Response("REPLIED", null, null, reply.value(), null);
    };
  }

  /** The planned touch and its draft. */
  public record Request(String tenantId, String leadId, String draftId, String touchId) {}

  /**
   * What came of it.
   *
   * @param outcome {@code SENT}, {@code UNKNOWN}, {@code LATER}, {@code STOPPED} or {@code REPLIED}
   * @param waitSeconds after sending: how long an answer is awaited
   * @param sendAt when to try again
   * @param replyId the reply that came first
   * @param reason code of what forbids it, or holds it
   */
  public record Response(
      String outcome,
      @Nullable Long waitSeconds,
      @Nullable Instant sendAt,
      @Nullable String replyId,
      @Nullable String reason) {}
}
