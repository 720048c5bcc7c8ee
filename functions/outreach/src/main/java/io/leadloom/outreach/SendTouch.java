package io.leadloom.outreach;

import io.leadloom.model.Campaign;
import io.leadloom.model.Cost;
import io.leadloom.model.Draft;
import io.leadloom.model.DraftId;
import io.leadloom.model.Ids;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.Subscription;
import io.leadloom.model.Tenant;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.TouchId;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.model.fault.PermanentException;
import io.leadloom.model.fault.TransientException;
import io.leadloom.packs.Cadence;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Campaigns;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Suppressions;
import io.leadloom.platform.Tenants;
import io.leadloom.platform.UnsubscribeLinks;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sends a planned touch, once. Everything that may forbid it is looked at again, from fresh state.
 * A touch found marked in the ledger was being handed over when the process died; it is handed over
 * again only where the provider recognises the repetition.
 */
@Singleton
final class SendTouch {

  private static final String REPLY_CAME_FIRST = "reply.came-first";

  /** How long after its mark a hand-over that was cut short may be finished at any hour. */
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  /** After how long it is looked again whether a campaign is still paused. */
  private static final Duration PAUSED = Duration.ofHours(1);

  /** After how long it is looked again whether a payment is there. */
  private static final Duration UNPAID = Duration.ofHours(12);

  private final Tenants tenants;
  private final Leads leads;
  private final Campaigns campaigns;
  private final Suppressions suppressions;
  private final SendMoments moments;
  private final SendLedger ledger;
  private final Mailers mailers;
  private final UnsubscribeLinks optOuts;
  private final Packs packs;
  private final Clock clock;

  SendTouch(
      Tenants tenants,
      Leads leads,
      Campaigns campaigns,
      Suppressions suppressions,
      SendMoments moments,
      SendLedger ledger,
      Mailers mailers,
      UnsubscribeLinks optOuts,
      Packs packs,
      Clock clock) {
    this.tenants = tenants;
    this.leads = leads;
    this.campaigns = campaigns;
    this.suppressions = suppressions;
    this.moments = moments;
    this.ledger = ledger;
    this.mailers = mailers;
    this.optOuts = optOuts;
    this.packs = packs;
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

    /** It waits for somebody to let it go on, for a reason code; to be looked at again then. */
    record Held(Instant sendAt, String reason) implements Outcome {}

    /** It must not be sent. */
    record Stopped(String reason) implements Outcome {}

    /** Nothing is sent, because the prospect answered meanwhile. */
    record Replied(ReplyId reply) implements Outcome {}
  }

  /** Sends the touch, or tells why not; again for a touch that is sent it only completes. */
  Outcome run(TenantId tenant, LeadId lead, DraftId draftId, TouchId touchId) {
    var story = leads.story(tenant, lead);
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
      case PLANNED -> planned(tenant, story, draft, touch);
      case SENDING -> interrupted(tenant, story, draft, touch);
      case SENT, DELIVERED, BOUNCED, COMPLAINED, UNKNOWN -> complete(tenant, story, touch);
      case STOPPED -> stoppedBefore(story, touch);
    };
  }

  private Outcome planned(TenantId tenantId, Story story, Draft draft, Touch touch) {
    var reply = unhandled(story);
    if (reply.isPresent()) {
      ledger.stop(tenantId, touch, REPLY_CAME_FIRST);
      return new Outcome.Replied(reply.get().id());
    }
    var facts = facts(tenantId, story, draft, touch);
    var veto = Vetoes.first(facts);
    if (veto.isPresent()) {
      ledger.stop(tenantId, touch, veto.get());
      return new Outcome.Stopped(veto.get());
    }
    var hold = hold(facts);
    if (hold.isPresent()) {
      return hold.get();
    }
    var tenant = facts.tenant().orElseThrow();
    var later = moments.later(tenant, story.lead(), touch);
    if (later.isPresent()) {
      return new Outcome.Later(later.get());
    }
    var mailer = mailers.of(tenant);
    var marked = ledger.mark(tenantId, touch, mailer.name());
    return handOver(mailer, tenant, story, draft, marked);
  }

  /** Those who answered are not left alone because of money. */
  private Optional<Outcome> hold(Vetoes.Facts facts) {
    var times = moments.times(facts.lead());
    var now = facts.now();
    if (facts.campaign().stream().anyMatch(Campaign::holdsMessages)) {
      return Optional.of(new Outcome.Held(times.next(now.plus(PAUSED)), "campaign.paused"));
    }
    if (facts.draft().purpose().isUnasked() && facts.standing() == Subscription.Standing.HELD) {
      return Optional.of(new Outcome.Held(times.next(now.plus(UNPAID)), "subscription.past-due"));
    }
    return Optional.empty();
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
    var times = moments.times(story.lead());
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
    return switch (handOver(mailer, tenant.id(), touch, mail)) {
      case Mailer.Handover.Accepted(var providerId) ->
          complete(tenant.id(), story, ledger.sent(tenant.id(), touch, mailer.name(), providerId));
      case Mailer.Handover.Unknown(var problem) -> unknown(tenant.id(), story, touch, problem);
      case Mailer.Handover.Refused(var problem) -> {
        ledger.stop(tenant.id(), touch, problem);
        yield new Outcome.Stopped(problem);
      }
    };
  }

  private Mailer.Handover handOver(Mailer mailer, TenantId tenant, Touch touch, Mail mail) {
    try {
      return mailer.send(tenant, mail);
    } catch (TransientException e) {
      if (mailer.recognisesFor().isZero()) {
        ledger.unmark(tenant, touch);
      }
      throw e;
    } catch (PermanentException e) {
      ledger.unmark(tenant, touch);
      throw e;
    }
  }

  private Outcome unknown(TenantId tenant, Story story, Touch touch, String problem) {
    return complete(tenant, story, ledger.unknown(tenant, touch, problem));
  }

  /** Does what follows from a message that left, or may have. */
  private Outcome complete(TenantId tenant, Story story, Touch touch) {
    charge(tenant, touch);
    leads.change(tenant, touch.lead(), lead -> contacted(lead, touch.purpose()));
    var patience = patience(packs.load(story.lead().pack()).cadence(), story, touch);
    return touch.status() == Touch.Status.UNKNOWN
        ? new Outcome.Unknown(patience)
        : new Outcome.Sent(patience);
  }

  private void charge(TenantId tenant, Touch touch) {
    var provider = touch.provider();
    if (provider == null) {
      return;
    }
    var unit = mailers.named(provider).costUnit();
    var at = touch.sentAt();
    leads.addSent(
        tenant,
        touch.lead(),
        new Cost(
            Ids.derive("cost", touch.id().value()),
            unit,
            provider,
            packs.costs().microUsd(unit, 1),
            at == null ? clock.instant() : at));
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

  private static Duration patience(Cadence cadence, Story story, Touch touch) {
    if (touch.purpose() == Purpose.CONFIRMATION) {
      return Duration.ZERO;
    }
    var earlier =
        before(story, touch).stream()
            .filter(t -> t.purpose() == Purpose.FOLLOW_UP && t.mayHaveArrived())
            .count();
    var followUps = touch.purpose() == Purpose.FOLLOW_UP ? earlier + 1 : earlier;
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

  private Vetoes.Facts facts(TenantId tenant, Story story, Draft draft, Touch touch) {
    return new Vetoes.Facts(
        tenants.find(tenant),
        story.lead(),
        campaigns.find(tenant, story.lead().campaign()),
        draft,
        touch,
        suppressions.match(tenant, touch.to()),
        story.approvals(),
        optOuts.of(tenant, touch.lead()).toString(),
        clock.instant());
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
}
