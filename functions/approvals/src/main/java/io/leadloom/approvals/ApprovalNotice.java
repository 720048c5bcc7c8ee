package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.Tenant;
import io.leadloom.model.fault.Fault;
import io.leadloom.platform.ApprovalLinks;
import io.leadloom.platform.ProviderHttp;
import io.leadloom.platform.ProviderHttp.Call;
import io.leadloom.platform.Providers;
import io.leadloom.platform.Secrets;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the approvers by mail that a draft waits for them. A mail that cannot be sent loses
 * nothing: the draft stands in the console, and the reminder tries again.
 */
@Singleton
final class ApprovalNotice {

  private static final Logger LOG = LoggerFactory.getLogger(ApprovalNotice.class);

  private final ApprovalLinks links;
  private final Providers providers;
  private final ProviderHttp http;
  private final Secrets secrets;

  ApprovalNotice(ApprovalLinks links, Providers providers, ProviderHttp http, Secrets secrets) {
    this.links = links;
    this.providers = providers;
    this.http = http;
    this.secrets = secrets;
  }

  void send(Tenant tenant, Approval approval, Lead lead) {
    mail(
        tenant, approval, lead, "asked", "A draft for " + lead.company().name() + " waits for you");
  }

  void remind(Tenant tenant, Approval approval, Lead lead) {
    mail(
        tenant,
        approval,
        lead,
        "reminded",
        "Reminder: a draft for " + lead.company().name() + " still waits for you");
  }

  private void mail(Tenant tenant, Approval approval, Lead lead, String occasion, String subject) {
    for (var approver = 0; approver < tenant.approvers().size(); approver++) {
      try {
        mail(tenant, approval, approver, occasion, subject, lead);
      } catch (Fault e) {
        LOG.warn("Approver {} of {} was not told: {}", approver, approval.id(), e.code());
      }
    }
  }

  private void mail(
      Tenant tenant, Approval approval, int approver, String occasion, String subject, Lead lead) {
    var text =
        """
        %s

        Decide until %s: %s

        The link is yours alone; opening it decides nothing.
        """
            .formatted(
                subject,
                approval.expiresAt(),
                links.of(tenant.id(), approval, "approver-" + approver));
    var key = Ids.derive("notice", approval.id().value(), Integer.toString(approver), occasion);
    http.send(
        Call.post(
            "resend",
            URI.create(providers.base("resend") + "/emails"),
            Map.of(
                "authorization",
                "Bearer " + secrets.credential(tenant.id(), "resend", "apiKey"),
                "idempotency-key",
                key),
            Map.of(
                "from", tenant.sender().company() + " <" + tenant.sender().email() + ">",
                "to", List.of(tenant.approvers().get(approver)),
                "subject", subject.replaceAll("\\p{Cntrl}", " "),
                "text", text,
                "tags", List.of(Map.of("name", "kind", "value", "notice"))),
            true));
  }
}
