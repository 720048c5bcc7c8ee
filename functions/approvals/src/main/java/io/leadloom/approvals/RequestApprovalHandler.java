package io.leadloom.approvals;

import io.leadloom.model.DraftId;
import io.leadloom.model.LeadId;
import io.leadloom.model.TenantId;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.StepHandler;
import io.leadloom.platform.Wiring;
import java.util.Map;

/**
 * The "Approve draft" step of {@code lead-lifecycle.asl.json}; its answer comes by the task token.
 */
public final class RequestApprovalHandler
    extends StepHandler<RequestApprovalHandler.Request, Map<String, String>> {

  private final RequestApproval requestApproval;

  /** Called by the Lambda runtime, once per execution environment. */
  public RequestApprovalHandler() {
    this(Wiring.bean(RequestApproval.class), Wiring.bean(Invocations.class));
  }

  RequestApprovalHandler(RequestApproval requestApproval, Invocations invocations) {
    super(Request.class, invocations);
    this.requestApproval = requestApproval;
  }

  @Override
  protected Map<String, String> handle(Request request) {
    requestApproval.run(
        TenantId.of(request.tenantId()),
        LeadId.of(request.leadId()),
        DraftId.of(request.draftId()),
        request.taskToken());
    return Map.of("outcome", "ASKED");
  }

  /** What the state passes. */
  public record Request(String tenantId, String leadId, String draftId, String taskToken) {}
}
