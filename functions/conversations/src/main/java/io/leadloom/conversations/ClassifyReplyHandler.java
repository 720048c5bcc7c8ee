package io.leadloom.conversations;

import io.leadloom.model.LeadId;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The "Classify reply" step of {@code lead-lifecycle.asl.json}. */
public final class ClassifyReplyHandler
    extends StepHandler<ClassifyReplyHandler.Request, ClassifyReplyHandler.Response> {

  private final ClassifyReply classifyReply;

  /** Called by the Lambda runtime, once per execution environment. */
  public ClassifyReplyHandler() {
    this(Wiring.bean(ClassifyReply.class), Wiring.bean(Invocations.class));
  }

  ClassifyReplyHandler(ClassifyReply classifyReply, Invocations invocations) {
    super(Request.class, invocations);
    this.classifyReply = classifyReply;
  }

  @Override
  protected Response handle(Request request) {
    var meaning =
        classifyReply.run(
            TenantId.of(request.tenantId()),
            LeadId.of(request.leadId()),
            ReplyId.of(request.replyId()));
    return new Response(
        meaning.intent().name(),
        request.replyId(),
        meaning.resumeAt(),
        meaning.why(),
        meaning.answers(),
        meaning.followUps());
  }

  /** The reply to take up. */
  public record Request(String tenantId, String leadId, String replyId) {}

  /**
   * What it means.
   *
   * @param outcome the name of a {@link Reply.Intent}
   * @param resumeAt for {@code OUT_OF_OFFICE}: when to go on
   * @param reason code of the rule that decided
   * @param answers how many answers were drafted so far
   * @param followUps how many follow-ups were sent so far
   */
  public record Response(
      String outcome,
      String replyId,
      @Nullable Instant resumeAt,
      String reason,
      long answers,
      long followUps) {}
}
