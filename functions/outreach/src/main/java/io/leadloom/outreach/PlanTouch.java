package io.leadloom.outreach;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Ids;
import io.leadloom.model.LeadId;
import io.leadloom.model.Story;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Leads;
import io.leadloom.platform.SignedTokens;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Touches;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/**
 * Plans the sending of an approved draft: the moment, and all by which an answer will find its way
 * back, before anything leaves.
 */
@Singleton
final class PlanTouch {

  private static final String ACTOR = "step:plan-touch";

  private final Tenants tenants;
  private final Leads leads;
  private final Touches touches;
  private final Suppressions suppressions;
  private final SendMoments moments;
  private final SignedTokens tokens;
  private final Audit audit;
  private final Clock clock;

  PlanTouch(
      Tenants tenants,
      Leads leads,
      Touches touches,
      Suppressions suppressions,
      SendMoments moments,
      SignedTokens tokens,
      Audit audit,
      Clock clock) {
    this.tenants = tenants;
    this.leads = leads;
    this.touches = touches;
    this.suppressions = suppressions;
    this.moments = moments;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Outcome {

    /** It is to be sent at that instant. */
    record Planned(TouchId touch, Instant sendAt) implements Outcome {}

    /** It must not be sent. */
    record Stopped(String reason) implements Outcome {}
  }

  /** Plans the draft once: planned again, it keeps its moment. */
  Outcome run(TenantId tenantId, LeadId leadId, DraftId draftId) {
    var id = TouchId.of(Ids.derive("touch", leadId.value(), draftId.value()));
    var planned = touches.find(tenantId, leadId, id);
    if (planned.isPresent()) {
      return outcome(planned.get());
    }
    var story = leads.story(tenantId, leadId);
    var draft =
        story.drafts().stream()
            .filter(d -> d.id().equals(draftId))
            .findFirst()
            .orElseThrow(() ->
                new NotFoundException("draft.not-found", "There is no draft '" + draftId + "'"));
    var contact = story.lead().contact();
    if (contact == null) {
      return stopped(story, draftId, "lead.no-contact");
    }
    var suppression = suppressions.match(tenantId, contact.email());
    if (suppression.isPresent()) {
      return stopped(story, draftId, Vetoes.suppressed(suppression.get()));
    }
    var touch = touch(tenants.get(tenantId), story, draft, id, contact.email());
    return touches.plan(tenantId, touch)
        ? outcome(touch)
        : outcome(touches.find(tenantId, leadId, id).orElse(touch));
  }

  private static Outcome outcome(Touch touch) {
    if (touch.status() == Touch.Status.STOPPED) {
      var problem = touch.problem();
      return new Outcome.Stopped(problem == null ? "touch.stopped" : problem);
    }
    return new Outcome.Planned(touch.id(), touch.sendAt());
  }

  private Touch touch(Tenant tenant, Story story, Draft draft, TouchId id, String to) {
    var others = story.touches().stream().filter(t -> t.status() != Touch.Status.STOPPED).toList();
    return new Touch(
        id,
        story.lead().id(),
        draft.id(),
        draft.purpose(),
        others.size() + 1,
        tenant.sender().domain(),
        to,
        Touch.Status.PLANNED,
        moments.take(tenant, story.lead(), draft.purpose(), to, id),
        "<" + id.value() + "@" + tenant.sender().domain() + ">",
        Threading.answers(draft, others, story.replies()),
        tokens.nameFor("reply", tenant.id().value(), id.value()),
        null,
        null,
        null,
        null,
        0);
  }

  private Outcome stopped(Story story, DraftId draft, String reason) {
    audit.record(
        story.lead().tenant(),
        new AuditEntry(clock.instant(), ACTOR, "touch.stopped", draft.value(), reason));
    return new Outcome.Stopped(reason);
  }
}
