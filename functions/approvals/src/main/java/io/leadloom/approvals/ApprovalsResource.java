package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.ApprovalId;
import io.leadloom.model.Permission;
import io.leadloom.model.TenantId;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.packs.MessageChecks.Problem;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Drafts;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.Cursor;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Drafts that wait for a decision, and the decision. */
@Singleton
final class ApprovalsResource implements Resource {

  private static final String LIST = "approvals";
  private static final int USUAL = 50;

  private final Approvals approvals;
  private final Drafts drafts;
  private final DecideApproval decideApproval;

  ApprovalsResource(Approvals approvals, Drafts drafts, DecideApproval decideApproval) {
    this.approvals = approvals;
    this.drafts = drafts;
    this.decideApproval = decideApproval;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/approvals", "listApprovals")
            .does(
                "Lists the drafts that wait for a decision, oldest first",
                Permission.READ_APPROVALS)
            .query(ApprovalQuery.class)
            .answers(ApprovalList.class, 200)
            .by(this::list),
        Operation.get("/approvals/{approvalId}", "getApproval")
            .does("Shows a draft with what was decided", Permission.READ_APPROVALS)
            .answers(DraftDecision.class, 200)
            .by(call -> Answer.ok(view(call.tenant(), approvals.get(call.tenant(), id(call))))),
        Operation.post("/approvals/{approvalId}/decision", "decideApproval")
            .does(
                "Decides on a draft, once; the first decision counts", Permission.DECIDE_APPROVALS)
            .body(NewDecision.class)
            .answers(DraftDecision.class, 200)
            .refuses(410)
            .by(this::decide),
        Operation.post("/approvals/decisions", "decideApprovals")
            .does(
                "Decides on up to 100 drafts, one after the other, so that resuming their"
                    + " executions stays below what Step Functions takes",
                Permission.DECIDE_APPROVALS)
            .body(NewDecisions.class)
            .answers(DecisionResults.class, 200)
            .by(this::decideAll));
  }

  private Answer<ApprovalList> list(Call<ApprovalQuery, None> call) {
    var limit = call.query().limit() == null ? USUAL : call.query().limit();
    var open = approvals.open(call.tenant(), Cursor.position(LIST, call.query().cursor()), limit);
    var views =
        open.stream()
            .filter(approval -> approval.status() == Approval.Status.PENDING)
            .map(approval -> view(call.tenant(), approval))
            .toList();
    var next = open.size() < limit ? null : Approvals.place(call.tenant(), open.getLast());
    return Answer.ok(new ApprovalList(views, Cursor.of(LIST, next)));
  }

  private Answer<DraftDecision> decide(Call<None, NewDecision> call) {
    var id = id(call);
    return switch (decide(call, id, call.body())) {
      case DecideApproval.Outcome.Decided(var approval) -> Answer.ok(view(call.tenant(), approval));
      case DecideApproval.Outcome.DecidedBefore(var approval) ->
          Answer.refused(409, "approval.decided", decidedBefore(approval));
      case DecideApproval.Outcome.TooLate(var approval) ->
          Answer.refused(
              410, "approval.too-late", "The draft is not waited for any more; nothing was sent");
      case DecideApproval.Outcome.Refused(var problems) ->
          Answer.refused(422, "draft.not-sendable", words(problems));
    };
  }

  private Answer<DecisionResults> decideAll(Call<None, NewDecisions> call) {
    var results = new ArrayList<DecisionResults.Result>();
    for (var one : call.body().decisions()) {
      results.add(result(call, one));
    }
    return Answer.ok(new DecisionResults(results));
  }

  private DecisionResults.Result result(
      Call<None, NewDecisions> call, NewDecisions.DecisionOn one) {
    var id = one.approvalId();
    try {
      return switch (decide(call, ApprovalId.of(id), one.asDecision())) {
        case DecideApproval.Outcome.Decided(var approval) ->
            new DecisionResults.Result(id, DecisionResults.Kind.DECIDED, null);
        case DecideApproval.Outcome.DecidedBefore(var approval) ->
            new DecisionResults.Result(
                id, DecisionResults.Kind.DECIDED_BEFORE, decidedBefore(approval));
        case DecideApproval.Outcome.TooLate(var approval) ->
            new DecisionResults.Result(id, DecisionResults.Kind.TOO_LATE, null);
        case DecideApproval.Outcome.Refused(var problems) ->
            new DecisionResults.Result(id, DecisionResults.Kind.NOT_SENDABLE, words(problems));
      };
    } catch (NotFoundException e) {
      return new DecisionResults.Result(id, DecisionResults.Kind.NOT_FOUND, null);
    }
  }

  private DecideApproval.Outcome decide(Call<?, ?> call, ApprovalId id, NewDecision wanted) {
    var approval = approvals.get(call.tenant(), id);
    var draft = drafts.get(call.tenant(), approval.lead(), approval.draft());
    return decideApproval.run(
        call.tenant(), id, call.caller().actor(), wanted.on(draft.subject(), draft.body()));
  }

  private DraftDecision view(TenantId tenant, Approval approval) {
    var shown = approval.approvedDraft() == null ? approval.draft() : approval.approvedDraft();
    return DraftDecision.of(approval, drafts.get(tenant, approval.lead(), shown));
  }

  private static String decidedBefore(Approval approval) {
    return "It was decided before, by %s; that decision counts"
        .formatted(approval.decidedBy() == null ? "expiry" : approval.decidedBy());
  }

  private static String words(List<Problem> problems) {
    return problems.stream().map(Problem::text).collect(Collectors.joining("; "));
  }

  private static ApprovalId id(Call<?, ?> call) {
    return ApprovalId.of(call.id("approvalId"));
  }
}
