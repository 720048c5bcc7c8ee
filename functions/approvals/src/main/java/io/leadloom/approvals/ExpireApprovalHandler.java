package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.DraftId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import org.jspecify.annotations.Nullable;

/** The "Expire approval" step of {@code lead-lifecycle.asl.json}. */
public final class ExpireApprovalHandler
    extends StepHandler<ExpireApprovalHandler.Request, ExpireApprovalHandler.Response> {

  private final ExpireApproval expireApproval;

  /** Called by the Lambda runtime, once per execution environment. */
  public ExpireApprovalHandler() {
    this(Wiring.bean(ExpireApproval.class), Wiring.bean(Invocations.class));
  }

  ExpireApprovalHandler(ExpireApproval expireApproval, Invocations invocations) {
    super(Request.class, invocations);
    this.expireApproval = expireApproval;
  }

  @Override
  protected Response handle(Request request) {
    var closed = expireApproval.run(TenantId.of(request.tenantId()), DraftId.of(request.draftId()));
    var answer = ApprovalAnswer.of(closed);
    return new Response(
        closed.status() == Approval.Status.EXPIRED ? "EXPIRED" : "DECIDED",
        answer.decision(),
        answer.draftId(),
        answer.note(),
        answer.reason());
  }

  /** What the state passes. */
  public record Request(String tenantId, String leadId, String draftId) {}

  /** Outcome EXPIRED, or DECIDED with the decision. */
  public record Response(
      String outcome, String decision, String draftId, @Nullable String note, String reason) {}
}
