package io.leadloom.console;

import io.leadloom.console.PipelineView.Count;
import io.leadloom.console.pages.JteapprovalsGenerated;
import io.leadloom.console.pages.JteleadGenerated;
import io.leadloom.console.pages.JteleadsGenerated;
import io.leadloom.console.pages.JtepipelineGenerated;
import io.leadloom.console.pages.JterepliesGenerated;
import io.leadloom.console.pages.JtetenantsGenerated;
import io.leadloom.console.pages.JtewebhooksGenerated;
import io.leadloom.model.Approval;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Stage;
import io.leadloom.model.TenantId;
import io.leadloom.platform.ApprovalLinks;
import io.leadloom.platform.Approvals;
import io.leadloom.platform.Drafts;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Pages;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The pages of the console. They only look. */
@Singleton
final class Console {

  private static final int LATEST = 5;
  private static final int PAGE = 200;

  private final Leads leads;
  private final Approvals approvals;
  private final Drafts drafts;
  private final ApprovalLinks links;
  private final WaitingReplies replies;
  private final Webhooks webhooks;

  Console(
      Leads leads,
      Approvals approvals,
      Drafts drafts,
      ApprovalLinks links,
      WaitingReplies replies,
      Webhooks webhooks) {
    this.leads = leads;
    this.approvals = approvals;
    this.drafts = drafts;
    this.links = links;
    this.replies = replies;
    this.webhooks = webhooks;
  }

  String tenants(List<TenantId> tenants) {
    var names = tenants.stream().map(TenantId::value).toList();
    return Pages.render((out, i) -> JtetenantsGenerated.render(out, i, names));
  }

  String pipeline(TenantId tenant) {
    var stages = stages(tenant);
    var view =
        new PipelineView(
            tenant.value(),
            stages.stream().mapToInt(Count::leads).sum(),
            approvals.pending(tenant, PAGE).size(),
            replies.of(tenant).size(),
            webhooks.switchedOff(tenant),
            stages,
            Arrays.stream(Stage.values())
                .flatMap(stage -> leads.inStage(tenant, stage, LATEST).stream())
                .sorted(Comparator.comparing(Lead::updatedAt).reversed())
                .limit(LATEST)
                .map(LeadRow::of)
                .toList());
    return Pages.render((out, i) -> JtepipelineGenerated.render(out, i, view));
  }

  String leads(TenantId tenant, Stage stage) {
    var rows = leads.inStage(tenant, stage, PAGE).stream().map(LeadRow::of).toList();
    var stages = stages(tenant);
    var view = new LeadsView(tenant.value(), Stages.code(stage), stages, rows, rows.size() == PAGE);
    return Pages.render((out, i) -> JteleadsGenerated.render(out, i, view));
  }

  /** The stage that most leads stand in. */
  Stage fullest(TenantId tenant) {
    return stages(tenant).stream()
        .max(Comparator.comparingInt(Count::leads))
        .flatMap(count -> Stages.of(count.code()))
        .orElse(Stage.NEW);
  }

  String lead(TenantId tenant, LeadId lead) {
    var view = LeadView.of(leads.story(tenant, lead));
    return Pages.render((out, i) -> JteleadGenerated.render(out, i, view));
  }

  String approvals(TenantId tenant) {
    var rows = approvals.pending(tenant, PAGE).stream().map(a -> row(tenant, a)).toList();
    return Pages.render((out, i) -> JteapprovalsGenerated.render(out, i, tenant.value(), rows));
  }

  String replies(TenantId tenant) {
    var rows = replies.of(tenant).stream().map(ReplyRow::of).toList();
    return Pages.render((out, i) -> JterepliesGenerated.render(out, i, tenant.value(), rows));
  }

  String webhooks(TenantId tenant) {
    var rows = webhooks.of(tenant);
    return Pages.render((out, i) -> JtewebhooksGenerated.render(out, i, tenant.value(), rows));
  }

  private ApprovalRow row(TenantId tenant, Approval approval) {
    var lead = leads.get(tenant, approval.lead());
    var draft = drafts.get(tenant, approval.lead(), approval.draft());
    var link = links.of(tenant, approval, "console");
    return new ApprovalRow(
        lead.id().value(),
        lead.company().name(),
        link.getRawPath() + "?" + link.getRawQuery(),
        draft.subject(),
        draft.purpose().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
        approval.priority(),
        Times.of(lead, approval.requestedAt()),
        approval.requestedAt().toString(),
        Times.of(lead, approval.expiresAt()),
        approval.expiresAt().toString());
  }

  private List<Count> stages(TenantId tenant) {
    var counts =
        Arrays.stream(Stage.values())
            .mapToInt(stage -> leads.countInStage(tenant, stage))
            .toArray();
    var all = Math.max(1, Arrays.stream(counts).sum());
    return Arrays.stream(Stage.values())
        .map(stage ->
            new Count(
                Stages.code(stage),
                Stages.name(stage),
                counts[stage.ordinal()],
                Math.round(100f * counts[stage.ordinal()] / all)))
        .toList();
  }
}
