package io.leadloom.approvals;

import io.leadloom.model.Campaign;
import io.leadloom.model.Lead;
import io.leadloom.model.Tenant;
import java.util.Optional;

/** Whether a rule may decide in a person's place. */
final class ApprovalMode {

  private ApprovalMode() {}

  /**
   * The code of the rule that approves a message of the lead, or nothing where a person has to. The
   * lead's own mode goes before its campaign's, and that before the tenant's.
   *
   * <p>Co-pilot waits for a person unless the tenant itself named a score that is good enough: a
   * default of ours must never send anything.
   */
  static Optional<String> approvingRule(Tenant tenant, Optional<Campaign> campaign, Lead lead) {
    return switch (mode(tenant, campaign, lead)) {
      case AUTOPILOT -> Optional.of("approval.autopilot");
      case CO_PILOT -> {
        var bar = tenant.autoApproveAt();
        var score = lead.score();
        yield bar != null && score != null && score >= bar
            ? Optional.of("approval.score")
            : Optional.empty();
      }
      case MANUAL -> Optional.empty();
    };
  }

  private static Tenant.Mode mode(Tenant tenant, Optional<Campaign> campaign, Lead lead) {
    return Optional.ofNullable(lead.mode())
        .or(() -> campaign.flatMap(its -> Optional.ofNullable(its.mode())))
        .orElse(tenant.mode());
  }
}
