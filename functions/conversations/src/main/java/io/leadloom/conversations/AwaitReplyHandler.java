package io.leadloom.conversations;

import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.model.TouchId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;

/**
 * The "Await reply" step of {@code lead-lifecycle.asl.json}. The state is resumed with {@code
 * {replyId}}; what the function itself answers is not looked at.
 */
public final class AwaitReplyHandler
    extends StepHandler<AwaitReplyHandler.Request, AwaitReplyHandler.Response> {

  private final AwaitReply awaitReply;

  /** Called by the Lambda runtime, once per execution environment. */
  public AwaitReplyHandler() {
    this(Wiring.bean(AwaitReply.class), Wiring.bean(Invocations.class));
  }

  AwaitReplyHandler(AwaitReply awaitReply, Invocations invocations) {
    super(Request.class, invocations);
    this.awaitReply = awaitReply;
  }

  @Override
  protected Response handle(Request request) {
    awaitReply.run(
        TenantId.of(request.tenantId()),
        LeadId.of(request.leadId()),
        TouchId.of(request.touchId()),
        request.taskToken());
    return new Response("WAITING");
  }

  /** The touch whose answer is awaited, and the token that resumes the execution. */
  public record Request(String tenantId, String leadId, String touchId, String taskToken) {}

  /** Always {@code WAITING}. */
  public record Response(String outcome) {}
}
