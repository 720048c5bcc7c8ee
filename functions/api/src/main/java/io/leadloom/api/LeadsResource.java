package io.leadloom.api;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.LeadId;
import io.leadloom.model.Permission;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Leads;
import io.leadloom.rest.Answer;
import io.leadloom.rest.Call;
import io.leadloom.rest.None;
import io.leadloom.rest.Operation;
import io.leadloom.rest.Resource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Leads, once they are there; sourcing takes new ones in. */
@Singleton
final class LeadsResource implements Resource {

  private final Leads leads;
  private final ListLeads listLeads;
  private final Audit audit;
  private final Clock clock;

  LeadsResource(Leads leads, ListLeads listLeads, Audit audit, Clock clock) {
    this.leads = leads;
    this.listLeads = listLeads;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<Operation<?, ?, ?>> operations() {
    return List.of(
        Operation.get("/leads", "listLeads")
            .does("Lists leads, stage by stage, latest change first", Permission.READ_LEADS)
            .query(LeadQuery.class)
            .answers(LeadPage.class, 200)
            .by(call -> Answer.ok(listLeads.run(call.tenant(), call.query()))),
        Operation.get("/leads/{leadId}", "getLead")
            .does("Shows a lead", Permission.READ_LEADS)
            .answers(LeadView.class, 200)
            .by(this::get),
        Operation.patch("/leads/{leadId}", "changeLead")
            .does(
                "Puts a lead in a member's care, or sets who decides on its drafts",
                Permission.WRITE_LEADS)
            .body(LeadChange.class)
            .answers(LeadView.class, 200)
            .by(this::change),
        Operation.delete("/leads/{leadId}", "deleteLead")
            .does(
                "Puts a lead away: nothing more is sent to it, and lists leave it out",
                Permission.WRITE_LEADS)
            .answersNothing()
            .by(this::delete),
        Operation.post("/leads/{leadId}/restore", "restoreLead")
            .does(
                "Takes back a lead that was put away; it stands where its life has led meanwhile",
                Permission.WRITE_LEADS)
            .answers(LeadView.class, 200)
            .by(this::restore),
        Operation.get("/leads/{leadId}/timeline", "getLeadTimeline")
            .does("Tells what happened to a lead", Permission.READ_LEADS)
            .answers(Timeline.class, 200)
            .by(call -> Answer.ok(Timeline.of(leads.story(call.tenant(), lead(call))))));
  }

  private Answer<LeadView> get(Call<None, None> call) {
    var lead = leads.get(call.tenant(), lead(call));
    return Answer.ok(LeadView.of(lead), lead.rev());
  }

  private Answer<LeadView> change(Call<None, LeadChange> call) {
    var lead = leads.get(call.tenant(), lead(call));
    call.seen().require(lead.rev());
    var now = clock.instant();
    var owner = call.body().owner();
    var mode = call.body().mode();
    var wanted = owner == null ? lead : lead.ownedBy(owner, now);
    if (call.sent().contains("mode") && mode != lead.mode()) {
      call.caller().require(Permission.WRITE_SETTINGS);
      wanted = wanted.decidedBy(mode, now);
    }
    var changed = leads.replace(wanted);
    record(call, "lead.changed", call.sentMembers());
    return Answer.ok(LeadView.of(changed), changed.rev());
  }

  private Answer<None> delete(Call<None, None> call) {
    var lead = leads.get(call.tenant(), lead(call));
    call.seen().require(lead.rev());
    if (!lead.isDeleted()) {
      leads.replace(lead.deleted(clock.instant()));
      record(call, "lead.deleted", "");
    }
    return Answer.nothing();
  }

  private Answer<LeadView> restore(Call<None, None> call) {
    var restored =
        leads.change(
            call.tenant(),
            lead(call),
            lead -> lead.isDeleted() ? lead.restored(clock.instant()) : lead);
    record(call, "lead.restored", "");
    var lead = leads.get(call.tenant(), restored.id());
    return Answer.ok(LeadView.of(lead), lead.rev());
  }

  private void record(Call<?, ?> call, String action, String why) {
    audit.record(
        call.tenant(),
        new AuditEntry(clock.instant(), call.caller().actor(), action, call.id("leadId"), why));
  }

  private static LeadId lead(Call<?, ?> call) {
    return LeadId.of(call.id("leadId"));
  }
}
