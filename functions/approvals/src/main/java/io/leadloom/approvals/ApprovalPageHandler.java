package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.fault.InvalidInputException;
import io.leadloom.platform.ApprovalLinks;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.HttpHandler;
import io.leadloom.platform.HttpRequest;
import io.leadloom.platform.HttpResponse;
import io.leadloom.platform.Invocations;
import io.leadloom.platform.Wiring;
import java.util.Map;

/**
 * {@code GET} and {@code POST /approvals/{approvalId}}. Mail scanners follow links, so GET shows
 * the draft and changes nothing; POST decides, once.
 */
public final class ApprovalPageHandler extends HttpHandler {

  private final ApprovalLinks links;
  private final Approvals approvals;
  private final ApprovalPage page;
  private final DecideApproval decideApproval;

  /** Called by the Lambda runtime, once per execution environment. */
  public ApprovalPageHandler() {
    this(
        Wiring.bean(ApprovalLinks.class),
        Wiring.bean(Approvals.class),
        Wiring.bean(ApprovalPage.class),
        Wiring.bean(DecideApproval.class),
        Wiring.bean(Invocations.class));
  }

  ApprovalPageHandler(
      ApprovalLinks links,
      Approvals approvals,
      ApprovalPage page,
      DecideApproval decideApproval,
      Invocations invocations) {
    super(invocations);
    this.links = links;
    this.approvals = approvals;
    this.page = page;
    this.decideApproval = decideApproval;
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = request.queryParameter("t").orElse("");
    var holder = links.verify(token);
    if (holder.isEmpty() || !holder.get().approval().equals(request.pathParameter("approvalId"))) {
      return HttpResponse.html(403, page.noAccess());
    }
    var tenant = holder.get().tenant();
    var id = ApprovalId.of(holder.get().approval());
    if (!request.method().equals("POST")) {
      return HttpResponse.html(200, page.of(tenant, approvals.get(tenant, id), token));
    }
    var form = request.form();
    return switch (decideApproval.run(tenant, id, holder.get().approver(), decision(form))) {
      case DecideApproval.Outcome.Decided(Approval decided) ->
          HttpResponse.html(200, page.of(tenant, decided, token));
      case DecideApproval.Outcome.DecidedBefore(Approval decided) ->
          HttpResponse.html(409, page.of(tenant, decided, token));
      case DecideApproval.Outcome.TooLate(Approval approval) ->
          HttpResponse.html(410, page.tooLate(tenant, approval));
      case DecideApproval.Outcome.Refused(var problems) ->
          HttpResponse.html(
              422, page.refused(tenant, approvals.get(tenant, id), token, form, problems));
    };
  }

  private static DecideApproval.Decision decision(Map<String, String> form) {
    return switch (form.getOrDefault("decision", "")) {
      // Forms send lines ended by CR LF; drafts hold LF.
      case "approve" ->
          new DecideApproval.Decision.Approve(
              form.getOrDefault("subject", "").strip(),
              form.getOrDefault("body", "").replace("\r\n", "\n"));
      case "revise" -> new DecideApproval.Decision.Revise(required(form, "note"));
      case "reject" -> new DecideApproval.Decision.Reject(form.getOrDefault("note", "").strip());
      default ->
          throw new InvalidInputException(
              "approval.no-decision", "The field 'decision' must be approve, revise or reject");
    };
  }

  private static String required(Map<String, String> form, String field) {
    var text = form.getOrDefault(field, "").strip();
    if (text.isEmpty()) {
      throw new InvalidInputException(
          "approval.no-note", "Say in the field '" + field + "' what should be different");
    }
    return text;
  }
}
