package io.leadloom.conversations;

import io.leadloom.model.AuditEntry;
import io.leadloom.model.Lead;
import io.leadloom.model.LeadId;
import io.leadloom.model.Milestone;
import io.leadloom.model.Purpose;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Stage;
import io.leadloom.model.Story;
import io.leadloom.model.Suppression;
import io.leadloom.model.TenantId;
import io.leadloom.model.Touch;
import io.leadloom.model.fault.NotFoundException;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.platform.Leads;
import io.leadloom.platform.Replies;
import io.leadloom.platform.Suppressions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes up a reply: understands it, does what must be done at once, and marks it as taken up. Done
 * again it gives the same answer.
 */
@Singleton
final class ClassifyReply {

  private static final String ACTOR = "step:classify-reply";

  private final Leads leads;
  private final Replies replies;
  private final Suppressions suppressions;
  private final Packs packs;
  private final Clock clock;

  ClassifyReply(Leads leads, Replies replies, Suppressions suppressions, Packs packs, Clock clock) {
    this.leads = leads;
    this.replies = replies;
    this.suppressions = suppressions;
    this.packs = packs;
    this.clock = clock;
  }

  /**
   * What a reply means for its lead.
   *
   * @param resumeAt when to go on, where the writer is out of office
   * @param answers how many answers were drafted so far
   * @param followUps how many follow-ups were sent so far
   */
  record Meaning(
      Reply.Intent intent, String why, @Nullable Instant resumeAt, long answers, long followUps) {}

  Meaning run(TenantId tenant, LeadId leadId, ReplyId replyId) {
    var story = leads.story(tenant, leadId);
    var reply =
        story.replies().stream()
            .filter(r -> r.id().equals(replyId))
            .findFirst()
            .orElseThrow(() ->
                new NotFoundException("reply.not-found", "There is no reply '" + replyId + "'"));
    var pack = packs.load(story.lead().pack());
    var zone = pack.sending().zoneOf(story.lead());
    var verdict = understand(reply, zone);
    if (reply.handledAt() == null) {
      takeUp(tenant, story, reply, verdict);
    }
    return new Meaning(
        verdict.intent(),
        verdict.why(),
        verdict.intent() == Reply.Intent.OUT_OF_OFFICE
            ? resumeAt(pack, zone, reply, verdict.returnsOn())
            : null,
        story.drafts().stream()
            .filter(d -> d.purpose() == Purpose.ANSWER && d.revises() == null)
            .count(),
        story.touches().stream()
            .filter(t -> t.purpose() == Purpose.FOLLOW_UP && t.mayHaveArrived())
            .count());
  }

  private static Verdict understand(Reply reply, ZoneId zone) {
    var known = reply.intent();
    return known == null
        ? ReplyRules.classify(reply, reply.receivedAt().atZone(zone).toLocalDate())
        : new Verdict(
            known, Objects.requireNonNullElse(reply.why(), "reply.known"), reply.returnsOn());
  }

  /** The mark comes last: a process that dies before it begins anew. */
  private void takeUp(TenantId tenant, Story story, Reply reply, Verdict verdict) {
    var now = clock.instant();
    var lead = story.lead();
    switch (verdict.intent()) {
      case UNSUBSCRIBE, COMPLAINT, BOUNCE -> {
        for (var address : addresses(story, reply, verdict.intent())) {
          suppressions.add(
              tenant,
              new Suppression(Suppression.hashOf(address), verdict.why(), lead.id().value(), now));
        }
      }
      case MEETING_REQUEST,
          INTERESTED,
          QUESTION,
          OBJECTION,
          NOT_INTERESTED,
          OUT_OF_OFFICE,
          AUTO_REPLY,
          UNCLEAR -> {}
    }
    if (isFromPerson(reply, verdict.intent())) {
      leads.change(tenant, lead.id(), seen -> inConversation(seen, now));
    }
    replies.change(
        tenant,
        reply.classified(verdict.intent(), verdict.why(), verdict.returnsOn(), now),
        new AuditEntry(
            now,
            ACTOR,
            "reply." + verdict.intent().name().toLowerCase(Locale.ROOT),
            reply.id().value(),
            verdict.why()));
  }

  private static Lead inConversation(Lead lead, Instant now) {
    var replied =
        lead.reached().containsKey(Milestone.REPLIED)
            ? lead
            : lead.reaching(Milestone.REPLIED, now);
    return lead.settled() || lead.stage() == Stage.IN_CONVERSATION
        ? replied
        : replied.at(Stage.IN_CONVERSATION, null, now);
  }

  private static boolean isFromPerson(Reply reply, Reply.Intent intent) {
    return reply.kind() == Reply.Kind.MESSAGE
        && switch (intent) {
          case MEETING_REQUEST,
              INTERESTED,
              QUESTION,
              OBJECTION,
              NOT_INTERESTED,
              UNSUBSCRIBE,
              COMPLAINT,
              UNCLEAR ->
              true;
          case OUT_OF_OFFICE, AUTO_REPLY, BOUNCE -> false;
        };
  }

  /** Those we wrote to and, of a person, the one that was written from. */
  private static Set<String> addresses(Story story, Reply reply, Reply.Intent intent) {
    var addresses = new LinkedHashSet<String>();
    var contact = story.lead().contact();
    if (contact != null) {
      addresses.add(contact.email());
    }
    story.touches().stream()
        .filter(touch -> touch.id().equals(reply.touch()))
        .map(Touch::to)
        .forEach(addresses::add);
    var from = reply.from();
    if (from != null && !from.isBlank() && intent != Reply.Intent.BOUNCE) {
      addresses.add(from);
    }
    return addresses;
  }

  private static Instant resumeAt(
      Pack pack, ZoneId zone, Reply reply, @Nullable LocalDate returnsOn) {
    var rules = pack.cadence().outOfOffice();
    var day =
        returnsOn == null
            ? reply.receivedAt().atZone(zone).toLocalDate().plusDays(rules.daysIfUnknown())
            : returnsOn.plusDays(rules.daysAfterReturn());
    return day.atTime(pack.sending().window().from()).atZone(zone).toInstant();
  }
}
