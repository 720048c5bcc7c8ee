package io.leadloom.notifications;

import static io.leadloom.notifications.Happening.code;

import io.leadloom.model.Approval;
import io.leadloom.model.Booking;
import io.leadloom.model.EventType;
import io.leadloom.model.Lead;
import io.leadloom.model.Reply;
import io.leadloom.model.Stage;
import io.leadloom.model.Suppression;
import io.leadloom.model.Touch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a change of a record means to people outside: rules over it before and after. */
final class Happenings {

  /** A message that its provider has, as far as anybody knows. */
  private static final Set<Touch.Status> HANDED_OVER =
      Set.of(
          Touch.Status.SENT,
          Touch.Status.UNKNOWN,
          Touch.Status.DELIVERED,
          Touch.Status.BOUNCED,
          Touch.Status.COMPLAINED);

  /** Ends without a meeting; a lead that a fault stopped can still go on. */
  private static final Set<Stage> CLOSED = Set.of(Stage.CLOSED, Stage.NURTURE, Stage.SUPPRESSED);

  private Happenings() {}

  static List<Happening> ofLead(Optional<Lead> before, Lead now) {
    var all = new ArrayList<Happening>();
    if (before.isEmpty()) {
      all.add(of(EventType.LEAD_CREATED, now.createdAt(), now, null));
      return all;
    }
    var then = before.get();
    if (then.stage() != now.stage()) {
      all.add(of(EventType.LEAD_STAGE_CHANGED, now.updatedAt(), now, then.stage()));
      if (CLOSED.contains(now.stage())) {
        all.add(of(EventType.LEAD_CLOSED, now.updatedAt(), now, then.stage()));
      }
    }
    if (then.isDeleted() != now.isDeleted()) {
      var type = now.isDeleted() ? EventType.LEAD_DELETED : EventType.LEAD_RESTORED;
      all.add(of(type, now.updatedAt(), now, null));
    }
    return all;
  }

  static List<Happening> ofApproval(Optional<Approval> before, Approval now) {
    var pending = now.status() == Approval.Status.PENDING;
    if (before.isEmpty() && pending) {
      return List.of(of(EventType.APPROVAL_REQUESTED, now.requestedAt(), now));
    }
    // A rule decides at once, so that the first that is seen of it may be the decision.
    if (!pending && before.map(Approval::status).orElse(null) != now.status()) {
      return List.of(
          of(
              EventType.APPROVAL_DECIDED,
              Objects.requireNonNullElse(now.decidedAt(), now.expiresAt()),
              now));
    }
    return List.of();
  }

  /**
   * @param at when it was seen: what a touch itself tells is when it was sent
   */
  static List<Happening> ofTouch(Optional<Touch> before, Touch now, Instant at) {
    var all = new ArrayList<Happening>();
    var then = before.map(Touch::status).orElse(null);
    if (then == now.status()) {
      return all;
    }
    if (HANDED_OVER.contains(now.status()) && (then == null || !HANDED_OVER.contains(then))) {
      all.add(of(EventType.MESSAGE_SENT, Objects.requireNonNullElse(now.sentAt(), at), now));
    }
    switch (now.status()) {
      case DELIVERED -> all.add(of(EventType.MESSAGE_DELIVERED, at, now));
      case BOUNCED -> all.add(of(EventType.MESSAGE_BOUNCED, at, now));
      case COMPLAINED -> all.add(of(EventType.MESSAGE_COMPLAINED, at, now));
      case PLANNED, SENDING, SENT, UNKNOWN, STOPPED -> {}
    }
    return all;
  }

  static List<Happening> ofReply(Optional<Reply> before, Reply now) {
    var all = new ArrayList<Happening>();
    var data =
        new Happening.ReplyData(
            now.id().value(),
            now.lead().value(),
            code(now.kind()),
            now.intent() == null ? null : code(now.intent()));
    if (before.isEmpty()) {
      all.add(new Happening(EventType.REPLY_RECEIVED, now.receivedAt(), data));
    }
    if (now.intent() != null && before.map(Reply::intent).orElse(null) != now.intent()) {
      all.add(
          new Happening(
              EventType.REPLY_CLASSIFIED,
              Objects.requireNonNullElse(now.handledAt(), now.receivedAt()),
              data));
    }
    return all;
  }

  static List<Happening> ofBooking(Optional<Booking> before, Booking now) {
    return before.isPresent()
        ? List.of()
        : List.of(
            new Happening(
                EventType.MEETING_BOOKED,
                now.at(),
                new Happening.MeetingData(
                    now.id().value(), now.lead().value(), now.start(), now.end(), now.zone())));
  }

  static List<Happening> ofSuppression(Optional<Suppression> before, Suppression now) {
    return before.isPresent()
        ? List.of()
        : List.of(
            new Happening(
                EventType.SUPPRESSION_ADDED,
                now.at(),
                new Happening.SuppressionData(now.hash(), now.reason(), now.source())));
  }

  private static Happening of(EventType type, Instant at, Lead lead, @Nullable Stage from) {
    return new Happening(
        type,
        at,
        new Happening.LeadData(
            lead.id().value(),
            lead.campaign().value(),
            code(lead.stage()),
            from == null ? null : code(from),
            lead.reason(),
            lead.score(),
            lead.tier(),
            lead.source(),
            lead.owner()));
  }

  private static Happening of(EventType type, Instant at, Approval approval) {
    return new Happening(
        type,
        at,
        new Happening.ApprovalData(
            approval.id().value(),
            approval.lead().value(),
            approval.draft().value(),
            code(approval.status()),
            approval.expiresAt(),
            approval.decidedBy()));
  }

  private static Happening of(EventType type, Instant at, Touch touch) {
    return new Happening(
        type,
        at,
        new Happening.MessageData(
            touch.id().value(),
            touch.lead().value(),
            touch.draft().value(),
            code(touch.purpose()),
            touch.number(),
            code(touch.status()),
            touch.problem()));
  }
}
