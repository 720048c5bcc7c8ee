package io.leadloom.approvals;

import io.leadloom.model.Draft;
import io.leadloom.model.TenantId;
import io.leadloom.packs.MessageChecks;
import io.leadloom.packs.Packs;
import io.leadloom.packs.ProposedMessage;
import io.leadloom.packs.TemplateKind;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.UnsubscribeLinks;
import jakarta.inject.Singleton;
import java.util.List;

/** Whether a text that an approver edited may still be sent. */
@Singleton
final class EditChecks {

  private final Tenants tenants;
  private final Leads leads;
  private final Packs packs;
  private final UnsubscribeLinks unsubscribe;

  EditChecks(Tenants tenants, Leads leads, Packs packs, UnsubscribeLinks unsubscribe) {
    this.tenants = tenants;
    this.leads = leads;
    this.packs = packs;
    this.unsubscribe = unsubscribe;
  }

  List<MessageChecks.Problem> problems(TenantId tenant, Draft edited) {
    var lead = leads.get(tenant, edited.lead());
    return MessageChecks.ofPerson(
        new ProposedMessage(
            TemplateKind.of(edited.purpose(), edited.step()),
            edited.subject(),
            edited.body(),
            edited.facts(),
            tenants.get(tenant).sender(),
            unsubscribe.of(tenant, lead.id())),
        packs.load(lead.pack()).drafting());
  }
}
