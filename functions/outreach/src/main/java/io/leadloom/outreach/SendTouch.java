package io.leadloom.outreach;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Cost;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.LeadRef;
import io.leadloom.model.Milestone;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.model.fault.ConflictException;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Audit;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Links;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.Touches;
import io.leadloom.platform.UnsubscribeLinks;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sends a planned touch, once. Everything that may forbid it is looked at again, from fresh state.
 * The ledger is written before the provider is called: a touch found in {@code SENDING} was being
 * handed over when the process died, and is handed over again only where the provider recognises
 * the repetition.
 */
@Singleton
final class SendTouch {

  private static final String ACTOR = "step:send-touch";
  private static final String REPLY_CAME_FIRST = "reply.came-first";

  /** How early a step may come: timers are not exact to the moment. */
  private static final Duration EARLY = Duration.ofMinutes(1);

  /** How long after its moment a hand-over that was cut short may be finished. */
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  private final Tenants tenants;
  private final Leads leads;
  private final Touches touches;
  private final Suppressions suppressions;
  private final Links links;
  private final Slots slots;
  private final Mailers mailers;
  private final UnsubscribeLinks optOuts;
  private final Packs packs;
  private final Audit audit;
  private final Clock clock;

  SendTouch(
      Tenants tenants,
      Leads leads,
      Touches touches,
      Suppressions suppressions,
      Links links,
      Slots slots,
      Mailers mailers,
      UnsubscribeLinks optOuts,
      Packs packs,
      Audit audit,
      Clock clock) {
    this.tenants = tenants;
    this.leads = leads;
    this.touches = touches;
    this.suppressions = suppressions;
    this.links = links;
    this.slots = slots;
    this.mailers = mailers;
    this.optOuts = optOuts;
    this.packs = packs;
    this.audit = audit;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Outcome {

    /** It is sent; after that long without an answer it is time for the next step. */
    record Sent(Duration patience) implements Outcome {}

    /** Nobody knows whether it was sent, so it counts as sent. */
    record Unknown(Duration patience) implements Outcome {}

    /** Its moment was missed or has not come. */
    record Later(Instant sendAt) implements Outcome {}

    /** It must not be sent. */
    record Stopped(String reason) implements Outcome {}

    /** Nothing is sent, because the prospect answered meanwhile. */
    record Replied(ReplyId reply) implements Outcome {}
  }

  /** Sends the touch, or tells why not; again for a touch that is sent it only completes. */
  Outcome run(TenantId tenantId, LeadId leadId, DraftId draftId, TouchId touchId) {
    var story = leads.story(tenantId, leadId);
    var touch =
        story.touches().stream()
            .filter(t -> t.id().equals(touchId))
            .findFirst()
            .orElseThrow(() ->
                new NotFoundException("touch.not-found", "There is no touch '" + touchId + "'"));
    var draft =
        story.drafts().stream()
            .filter(d -> d.id().equals(draftId) && d.id().equals(touch.draft()))
            .findFirst()
            .orElseThrow(() ->
                new NotFoundException(
                    "draft.not-found", "Touch '" + touchId + "' has no draft '" + draftId + "'"));
    return switch (touch.status()) {
      case PLANNED -> planned(tenantId, story, draft, touch);
      case SENDING -> interrupted(tenantId, story, draft, touch);
      case SENT, DELIVERED, BOUNCED, COMPLAINED, UNKNOWN -> complete(tenantId, story, touch);
      case STOPPED -> stoppedBefore(story, touch);
    };
  }

  private Outcome planned(TenantId tenantId, Story story, Draft draft, Touch touch) {
    var reply = unhandled(story);
    if (reply.isPresent()) {
      stop(tenantId, touch, REPLY_CAME_FIRST);
      return new Outcome.Replied(reply.get().id());
    }
    var facts = facts(tenantId, story, draft, touch);
    var veto = Vetoes.first(facts);
    if (veto.isPresent()) {
      stop(tenantId, touch, veto.get());
      return new Outcome.Stopped(veto.get());
    }
    var tenant = facts.tenant().orElseThrow();
    var later = later(tenant, story.lead(), touch);
    if (later.isPresent()) {
      return new Outcome.Later(later.get());
    }
    var mailer = mailers.of(tenant);
    touches.change(
        tenantId, touch.as(Touch.Status.SENDING, mailer.name(), null, clock.instant(), null));
    return handOver(mailer, tenant, story, draft, reread(tenantId, touch));
  }

  /** The process died between the mark and the completion: the provider may have the message. */
  private Outcome interrupted(TenantId tenantId, Story story, Draft draft, Touch touch) {
    var facts = facts(tenantId, story, draft, touch);
    var tenant = facts.tenant();
    var provider = touch.provider();
    var markedAt = touch.sentAt();
    if (tenant.isEmpty() || provider == null || markedAt == null) {
      return unknown(tenantId, story, touch, "touch.interrupted");
    }
    var mailer = mailers.named(provider);
    var now = clock.instant();
    if (!now.isBefore(markedAt.plus(mailer.recognisesFor()))) {
      return unknown(tenantId, story, touch, provider + ".no-answer");
    }
    // What was forbidden since may have left already, and must not leave now.
    var veto = Vetoes.first(facts);
    if (veto.isPresent()) {
      return unknown(tenantId, story, touch, veto.get());
    }
    var times = times(story.lead());
    if (now.isAfter(markedAt.plus(UNDER_WAY)) && !times.open(now)) {
      return new Outcome.Later(times.next(now));
    }
    return handOver(mailer, tenant.get(), story, draft, touch);
  }

  private Outcome handOver(Mailer mailer, Tenant tenant, Story story, Draft draft, Touch touch) {
    var mail =
        Mail.of(
            tenant,
            draft,
            touch,
            Threading.references(touch.inReplyTo(), before(story, touch)),
            optOuts.of(tenant.id(), touch.lead()));
    Mailer.Handover handover;
    try {
      handover = mailer.send(tenant.id(), mail);
    } catch (TransientException e) {
      if (mailer.recognisesFor().isZero()) {
        unmark(tenant.id(), touch);
      }
      throw e;
    } catch (PermanentException e) {
      unmark(tenant.id(), touch);
      throw e;
    }
    return switch (handover) {
      case Mailer.Handover.Accepted(var providerId) -> {
        links.put(
            "provider-message",
            mailer.name() + ":" + providerId,
            new LeadRef(tenant.id(), touch.lead(), touch.id()));
        var at = clock.instant();
        var sent = touch.as(Touch.Status.SENT, mailer.name(), providerId, at, null);
        yield complete(tenant.id(), story, keep(tenant.id(), sent));
      }
      case Mailer.Handover.Unknown(var problem) -> unknown(tenant.id(), story, touch, problem);
      case Mailer.Handover.Refused(var problem) -> {
        stop(tenant.id(), touch, problem);
        yield new Outcome.Stopped(problem);
      }
    };
  }

  /** Does what follows from a message that left, or may have. */
  private Outcome complete(TenantId tenantId, Story story, Touch touch) {
    var pack = packs.load(story.lead().pack());
    var provider = touch.provider();
    if (provider != null) {
      var unit = mailers.named(provider).costUnit();
      var at = touch.sentAt();
      leads.add(
          tenantId,
          touch.lead(),
          new Cost(
              Ids.derive("cost", touch.id().value()),
              unit,
              provider,
              packs.costs().microUsd(unit, 1),
              at == null ? clock.instant() : at));
    }
    leads.change(tenantId, touch.lead(), lead -> contacted(lead, touch.purpose()));
    var patience = patience(pack, story, touch);
    return touch.status() == Touch.Status.UNKNOWN
        ? new Outcome.Unknown(patience)
        : new Outcome.Sent(patience);
  }

  private Lead contacted(Lead lead, Purpose purpose) {
    var now = clock.instant();
    var stage =
        switch (purpose) {
          case FIRST_TOUCH, FOLLOW_UP -> Stage.CONTACTED;
          case ANSWER -> Stage.IN_CONVERSATION;
          case CONFIRMATION -> Stage.BOOKED;
        };
    var sent =
        lead.reached().containsKey(Milestone.SENT) ? lead : lead.reaching(Milestone.SENT, now);
    return lead.settled() || lead.stage() == stage ? sent : sent.at(stage, null, now);
  }

  private static Duration patience(Pack pack, Story story, Touch touch) {
    if (touch.purpose() == Purpose.CONFIRMATION) {
      return Duration.ZERO;
    }
    var followUps =
        before(story, touch).stream()
            .filter(t -> t.purpose() == Purpose.FOLLOW_UP && t.mayHaveArrived())
            .count();
    if (touch.purpose() == Purpose.FOLLOW_UP) {
      followUps++;
    }
    var cadence = pack.cadence();
    return Duration.ofDays(
        followUps < cadence.maxFollowUps()
            ? cadence.followUpAfterDays().get((int) followUps)
            : cadence.closeAfterDays());
  }

  private static List<Touch> before(Story story, Touch touch) {
    return story.touches().stream()
        .filter(t -> !t.id().equals(touch.id()) && t.number() < touch.number())
        .toList();
  }

  /** The moment to wait for, where this is not it. */
  private Optional<Instant> later(Tenant tenant, Lead lead, Touch touch) {
    var now = clock.instant();
    if (now.isBefore(touch.sendAt().minus(EARLY))) {
      return Optional.of(touch.sendAt());
    }
    var sending = packs.load(lead.pack()).sending();
    var times = times(lead);
    var exempt = sending.frequencyCap().exempt().contains(touch.purpose());
    var earliest =
        exempt
            ? now
            : FrequencyCaps.earliest(
                sending.frequencyCap(),
                touches.contacted(tenant.id(), touch.to()),
                touch.id(),
                now);
    // A day's limit was counted for the day that was planned, so another day needs another slot.
    var missed = !exempt && !times.day(now).equals(times.day(touch.sendAt()));
    if (times.open(now) && !missed && !earliest.isAfter(now)) {
      return Optional.empty();
    }
    var slot = slots.take(tenant, sending, times, touch.purpose(), earliest);
    touches.postpone(tenant.id(), touch, slot);
    return Optional.of(slot);
  }

  private SendTimes times(Lead lead) {
    var sending = packs.load(lead.pack()).sending();
    return new SendTimes(sending, sending.zoneOf(lead));
  }

  private Vetoes.Facts facts(TenantId tenantId, Story story, Draft draft, Touch touch) {
    return new Vetoes.Facts(
        tenants.find(tenantId),
        story.lead(),
        draft,
        touch,
        suppressions.match(tenantId, touch.to()),
        story.approvals(),
        optOuts.of(tenantId, touch.lead()).toString());
  }

  private static Optional<Reply> unhandled(Story story) {
    return story.replies().stream().filter(reply -> reply.handledAt() == null).findFirst();
  }

  private static Outcome stoppedBefore(Story story, Touch touch) {
    var problem = touch.problem();
    var reason = problem == null ? "touch.stopped" : problem;
    return unhandled(story)
        .filter(reply -> reason.equals(REPLY_CAME_FIRST))
        .<Outcome>map(reply -> new Outcome.Replied(reply.id()))
        .orElseGet(() -> new Outcome.Stopped(reason));
  }

  private Outcome unknown(TenantId tenantId, Story story, Touch touch, String problem) {
    audit(tenantId, touch, "touch.unknown", problem);
    var unknown = touch.as(Touch.Status.UNKNOWN, touch.provider(), null, touch.sentAt(), problem);
    return complete(tenantId, story, keep(tenantId, unknown));
  }

  private void stop(TenantId tenantId, Touch touch, String reason) {
    audit(tenantId, touch, "touch.stopped", reason);
    touches.change(tenantId, touch.as(Touch.Status.STOPPED, touch.provider(), null, null, reason));
  }

  private void audit(TenantId tenantId, Touch touch, String action, String reason) {
    audit.record(
        tenantId, new AuditEntry(clock.instant(), ACTOR, action, touch.id().value(), reason));
  }

  /** Nothing was handed over: the next attempt is the first again. */
  private void unmark(TenantId tenantId, Touch touch) {
    touches.change(tenantId, touch.as(Touch.Status.PLANNED, null, null, null, null));
  }

  /** Writes the end of the hand-over, unless the provider's own report of it was faster. */
  private Touch keep(TenantId tenantId, Touch touch) {
    try {
      touches.change(tenantId, touch);
      return touch;
    } catch (ConflictException e) {
      var now = reread(tenantId, touch);
      if (now.status() == Touch.Status.SENDING || !now.mayHaveArrived()) {
        throw e;
      }
      return now;
    }
  }

  private Touch reread(TenantId tenantId, Touch touch) {
    return touches.find(tenantId, touch.lead(), touch.id()).orElseThrow();
  }
}
