package io.leadloom.drafting;

import io.leadloom.model.Booking;
import io.leadloom.model.BookingId;
import io.leadloom.model.Draft;
import io.leadloom.model.Permit;
import io.leadloom.model.Reply;
import io.leadloom.model.ReplyId;
import io.leadloom.model.Research;
import io.leadloom.model.Signal;
import io.leadloom.model.Story;
import io.leadloom.packs.MessageChecks;
import io.leadloom.packs.MessageFooter;
import io.leadloom.packs.Pack;
import io.leadloom.packs.Packs;
import io.leadloom.packs.ProposedMessage;
import io.leadloom.packs.QuestionKind;
import io.leadloom.packs.TemplateKind;
import io.leadloom.testkit.Samples;
import io.leadloom.testkit.TestClock;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Briefs about the sample lead. */
final class Briefs {

  static final Pack PACK = new Packs().load("fire-safety");
  private static final URI OPT_OUT = URI.create("https://app.leadloom.example/unsubscribe/a.b");

  private Briefs() {}

  static Research research() {
    return new Research(
        List.of(
            new Research.RuleHit(
                "ifc-907-7",
                "IFC §907.7",
                "Acceptance tests",
                "A new or altered fire alarm system has to be inspected and tested before the"
                    + " building is approved.",
                "why")),
        List.of("the record of completion"),
        new Research.CaseStudyHit(
            "harrow-point",
            "Harrow Point Builders",
            "brought a three-floor office finish-out through its alarm acceptance test on the first"
                + " visit",
            "why"),
        TestClock.START);
  }

  static Reply reply(String text) {
    return new Reply(
        ReplyId.of("reply-1"),
        Samples.lead().id(),
        null,
        Reply.Kind.MESSAGE,
        Samples.contact().email(),
        "Re: one question",
        text,
        null,
        Map.of(),
        TestClock.START,
        Reply.Intent.QUESTION,
        "rule",
        null,
        null,
        0);
  }

  /** A signal whose record writes the whole address into one field. */
  private static Signal signal() {
    var permit = Samples.permit();
    return new Signal(
        Samples.signal().id(),
        new Permit(
            permit.source(),
            permit.number(),
            permit.type(),
            permit.description(),
            null,
            "12 ALDER WAY, City of Austin, TX 78701",
            null,
            null,
            null,
            permit.status(),
            permit.submitted(),
            permit.issued(),
            null,
            null,
            permit.applicant(),
            null,
            null,
            null,
            null),
        "permit.fire-alarm",
        1,
        TestClock.START);
  }

  static Booking booking() {
    return new Booking(
        BookingId.of("booking-" + Samples.lead().id()),
        Samples.lead().id(),
        Instant.parse("2026-03-05T16:00:00Z"),
        Instant.parse("2026-03-05T16:15:00Z"),
        "America/Chicago",
        "booking-" + Samples.lead().id(),
        null,
        null,
        TestClock.START,
        0);
  }

  static Brief brief(TemplateKind kind) {
    return brief(kind, research(), null, List.of(), null, null);
  }

  static Brief answering(String text) {
    return brief(TemplateKind.ANSWER, research(), text, List.of(), null, null);
  }

  static Brief brief(
      TemplateKind kind,
      @Nullable Research research,
      @Nullable String replyText,
      List<Draft> earlier,
      @Nullable Draft revises,
      @Nullable String note) {
    var reply = replyText == null ? null : reply(replyText);
    var story =
        new Story(
            Samples.enrichedLead(),
            List.of(signal()),
            List.of(),
            research == null ? List.of() : List.of(research),
            earlier,
            List.of(),
            List.of(),
            reply == null ? List.of() : List.of(reply),
            kind == TemplateKind.CONFIRMATION ? List.of(booking()) : List.of(),
            List.of(),
            List.of());
    var text = Optional.ofNullable(replyText);
    return new Brief(
        Samples.TENANT,
        Samples.lead().id(),
        kind,
        MessageFacts.of(story, Samples.tenant(), PACK, reply, note, null, TestClock.START),
        PACK.drafting(),
        kind == TemplateKind.FIRST_TOUCH ? Optional.empty() : Optional.of("Re: one question"),
        text.map(PACK.drafting()::questionKind).orElse(QuestionKind.GENERAL),
        text,
        earlier,
        Optional.ofNullable(revises),
        Optional.ofNullable(note));
  }

  static MessageWriter.Check check(Brief brief) {
    var sender = Samples.tenant().sender();
    var footer = MessageFooter.of(brief.rules(), sender, OPT_OUT);
    return (subject, text) ->
        MessageChecks.ofMachine(
            new ProposedMessage(
                brief.kind(),
                subject,
                MessageFooter.under(text, footer),
                brief.facts().lines(),
                sender,
                OPT_OUT),
            brief.rules());
  }
}
