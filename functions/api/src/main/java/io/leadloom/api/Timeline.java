package io.leadloom.api;

import io.leadloom.model.Story;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happened to a lead, oldest first. */
record Timeline(
    String leadId,
    List<Event> events,
    @About("Spent on it, in millionths of a US dollar") long costMicroUsd) {

  static Timeline of(Story story) {
    var events = new ArrayList<Event>();
    story
        .lead()
        .reached()
        .forEach((milestone, at) ->
            events.add(new Event(at, Kind.MILESTONE, null, code(milestone), null)));
    story
        .signals()
        .forEach(s ->
            events.add(
                new Event(
                    s.at(),
                    Kind.SIGNAL,
                    s.id().value(),
                    s.reason(),
                    s.permit().source() + " " + s.permit().number())));
    story
        .scores()
        .forEach(s ->
            events.add(
                new Event(
                    s.at(),
                    Kind.SCORE,
                    null,
                    s.tier(),
                    s.points()
                        + " points"
                        + (s.vetoes().isEmpty()
                            ? ""
                            : ", vetoed: " + String.join(", ", s.vetoes())))));
    story
        .drafts()
        .forEach(d ->
            events.add(
                new Event(d.at(), Kind.DRAFT, d.id().value(), code(d.purpose()), d.subject())));
    story
        .approvals()
        .forEach(a -> {
          events.add(new Event(a.requestedAt(), Kind.APPROVAL, a.id().value(), "requested", null));
          var decidedAt = a.decidedAt();
          if (decidedAt != null) {
            events.add(
                new Event(
                    decidedAt, Kind.APPROVAL, a.id().value(), code(a.status()), a.decidedBy()));
          }
        });
    story
        .touches()
        .forEach(t -> {
          var sentAt = t.sentAt();
          events.add(
              new Event(
                  sentAt == null ? t.sendAt() : sentAt,
                  Kind.TOUCH,
                  t.id().value(),
                  code(t.status()),
                  t.problem()));
        });
    story
        .replies()
        .forEach(r ->
            events.add(
                new Event(
                    r.receivedAt(),
                    Kind.REPLY,
                    r.id().value(),
                    r.intent() == null ? "unclassified" : code(r.intent()),
                    null)));
    story
        .bookings()
        .forEach(b ->
            events.add(
                new Event(b.at(), Kind.BOOKING, b.id().value(), "booked", b.start().toString())));
    story.faults().forEach(f -> events.add(new Event(f.at(), Kind.FAULT, null, f.error(), null)));
    events.sort(Comparator.comparing(Event::at).thenComparing(Event::kind));
    return new Timeline(story.lead().id().value(), events, story.costMicroUsd());
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** What an event is about. */
  enum Kind {
    SIGNAL,
    MILESTONE,
    SCORE,
    DRAFT,
    APPROVAL,
    TOUCH,
    REPLY,
    BOOKING,
    FAULT
  }

  /** One thing that happened. */
  record Event(
      Instant at,
      Kind kind,
      @About("Of the draft, approval and so on") @Nullable String id,
      @About("Code of what happened") String what,
      @About("In words, where there is more to say") @Nullable String detail) {}
}
