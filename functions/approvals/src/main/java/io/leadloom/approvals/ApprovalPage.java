package io.leadloom.approvals;

import io.leadloom.approvals.pages.JtedecideGenerated;
import io.leadloom.approvals.pages.JtedecidedGenerated;
import io.leadloom.approvals.pages.JtemessageGenerated;
import io.leadloom.model.Approval;
import io.leadloom.model.Draft;
import io.leadloom.model.TenantId;
import io.leadloom.packs.MessageChecks.Problem;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Pages;
import io.leadloom.platform.Tenants;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** The page on which a person decides. */
@Singleton
final class ApprovalPage {

  private final Tenants tenants;
  private final Leads leads;
  private final Drafts drafts;

  ApprovalPage(Tenants tenants, Leads leads, Drafts drafts) {
    this.tenants = tenants;
    this.leads = leads;
    this.drafts = drafts;
  }

  /** The form, or what was decided. */
  String of(TenantId tenant, Approval approval, String token) {
    var draft = drafts.get(tenant, approval.lead(), approval.draft());
    return approval.status() == Approval.Status.PENDING
        ? form(tenant, approval, token, draft.subject(), draft.body(), List.of())
        : decided(tenant, approval);
  }

  /** The form again, with the person's text and what is wrong with it. */
  String refused(
      TenantId tenant,
      Approval approval,
      String token,
      Map<String, String> form,
      List<Problem> problems) {
    return form(
        tenant,
        approval,
        token,
        form.getOrDefault("subject", ""),
        form.getOrDefault("body", ""),
        problems.stream().map(Problem::text).toList());
  }

  String tooLate(TenantId tenant, Approval approval) {
    var lead = leads.get(tenant, approval.lead());
    return message(
        "Too late",
        "The draft for %s is not waited for any more; nothing was sent because of this click."
            .formatted(lead.company().name()));
  }

  String noAccess() {
    return message(
        "This link opens nothing",
        "It has expired or was changed on its way. A new draft brings a new link; the console lists"
            + " all that wait.");
  }

  private String form(
      TenantId tenant,
      Approval approval,
      String token,
      String subject,
      String body,
      List<String> problems) {
    var view = view(tenant, approval, drafts.get(tenant, approval.lead(), approval.draft()));
    var action = "/approvals/" + approval.id() + "?t=" + token;
    return Pages.render((out, interceptor) ->
        JtedecideGenerated.render(out, interceptor, view, action, subject, body, problems));
  }

  private String decided(TenantId tenant, Approval approval) {
    var shown = approval.approvedDraft() == null ? approval.draft() : approval.approvedDraft();
    var draft = drafts.get(tenant, approval.lead(), shown);
    var view = view(tenant, approval, draft);
    var decision =
        switch (approval.status()) {
          case PENDING -> "undecided";
          case APPROVED ->
              draft.id().equals(approval.draft()) ? "approved" : "approved with changes";
          case REVISE -> "another draft was asked for";
          case REJECTED -> "nothing is sent";
          case EXPIRED -> "expired, nothing is sent";
        };
    var by = "by " + approval.decidedBy() + " on " + approval.decidedAt();
    var note = approval.note() == null ? "" : approval.note();
    return Pages.render((out, interceptor) ->
        JtedecidedGenerated.render(
            out, interceptor, view, decision, by, note, draft.subject(), draft.body()));
  }

  private ApprovalView view(TenantId tenant, Approval approval, Draft draft) {
    return ApprovalView.of(
        tenants.get(tenant), leads.story(tenant, approval.lead()), draft, approval);
  }

  private static String message(String title, String text) {
    return Pages.render(
        (out, interceptor) -> JtemessageGenerated.render(out, interceptor, title, text));
  }
}
