package io.leadloom.console;

import io.leadloom.model.Approval;
import io.leadloom.model.Booking;
import io.leadloom.model.Draft;
import io.leadloom.model.Lead;
import io.leadloom.model.Permit;
import io.leadloom.model.Reply;
import io.leadloom.model.Research;
import io.leadloom.model.Score;
import io.leadloom.model.Signal;
import io.leadloom.model.Story;
import io.leadloom.model.Touch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One lead's whole story, in the order in which it happened, with every reason and cost. */
public record LeadView(
    String tenant, String company, List<Fact> facts, boolean replyWaits, List<Entry> entries) {

  /** Something that is so now. */
  public record Fact(String name, String value) {}

  /**
   * Something that happened.
   *
   * @param tone a style: good, bad, warn, or nothing
   * @param text a longer text, such as a message; may be empty
   * @param open whether the text is shown without asking
   */
  public record Entry(
      Instant at,
      String utc,
      String when,
      String tone,
      String title,
      List<String> lines,
      String text,
      boolean open) {}

  static LeadView of(Story story) {
    return new LeadView(
        story.lead().tenant().value(),
        story.lead().company().name(),
        facts(story),
        story.replies().stream().anyMatch(reply -> reply.waitsForPerson(story.lead())),
        entries(story));
  }

  private static List<Fact> facts(Story story) {
    var lead = story.lead();
    var facts = new ArrayList<Fact>();
    facts.add(
        new Fact(
            "Stands",
            Stages.name(lead.stage()) + (lead.reason() == null ? "" : " (" + lead.reason() + ")")));
    add(facts, "Score", lead.score() == null ? null : lead.score() + " of 100, " + lead.tier());
    var contact = lead.contact();
    if (contact != null) {
      facts.add(
          new Fact(
              "Contact",
              joined(
                  ", ",
                  contact.firstName() + " " + contact.lastName(),
                  contact.title(),
                  contact.email() + (contact.emailVerified() ? " (verified)" : " (not verified)"),
                  contact.phone())));
      facts.add(
          new Fact(
              "Found by",
              "%s, confidence %.0f %%".formatted(contact.source(), contact.confidence() * 100)));
    }
    var company = lead.company();
    add(facts, "Trade", company.industry());
    add(facts, "Size", company.employees() == null ? null : company.employees() + " employees");
    add(facts, "Web", company.domain());
    add(
        facts,
        "Place",
        joined(", ", company.address(), company.city(), company.state(), company.zip()));
    facts.add(new Fact("Cost so far", dollars(story.costMicroUsd())));
    facts.add(new Fact("Id", lead.id().value()));
    return facts;
  }

  private static List<Entry> entries(Story story) {
    var lead = story.lead();
    return Stream.of(
            story.signals().stream().map(s -> signal(lead, s)),
            story.scores().stream().map(s -> score(lead, s)),
            story.research().stream().map(r -> research(lead, r)),
            story.drafts().stream().map(d -> draft(lead, d)),
            story.approvals().stream().flatMap(a -> approval(lead, a)),
            story.touches().stream().map(t -> touch(lead, t)),
            story.replies().stream().map(r -> reply(lead, r)),
            story.bookings().stream().map(b -> booking(lead, b)),
            story.costs().stream()
                .map(c ->
                    entry(
                        lead,
                        c.at(),
                        "",
                        "Paid " + dollars(c.microUsd()) + " for " + c.what(),
                        List.of(c.provider()),
                        "",
                        false)),
            story.faults().stream()
                .map(f ->
                    entry(
                        lead,
                        f.at(),
                        "bad",
                        "Stopped by " + f.error(),
                        List.of("execution " + f.execution()),
                        f.cause(),
                        true)))
        .flatMap(all -> all)
        .sorted(Comparator.comparing(Entry::at))
        .toList();
  }

  private static Entry signal(Lead lead, Signal signal) {
    Permit permit = signal.permit();
    var lines = new ArrayList<String>();
    lines.add("Why it matters: %s, quality %.2f".formatted(signal.reason(), signal.quality()));
    lines.add(joined(", ", permit.address(), permit.city(), permit.state(), permit.zip()));
    lines.add(
        joined(
            ", ",
            permit.status(),
            permit.issued() == null ? null : "issued " + permit.issued(),
            permit.valuation() == null ? null : "valued at " + permit.valuation().toPlainString(),
            permit.buildingType()));
    return entry(
        lead,
        signal.at(),
        "",
        "Signal: " + permit.type() + " " + permit.number(),
        present(lines),
        permit.description() == null ? "" : permit.description(),
        true);
  }

  private static Entry score(Lead lead, Score score) {
    var lines = new ArrayList<String>();
    for (var component : score.components()) {
      lines.add("%s: %d of %d".formatted(component.name(), component.points(), component.max()));
      component.reasons().forEach(r -> lines.add("  %+d %s".formatted(r.points(), r.text())));
    }
    lines.add("urgency %.2f, scorecard %s".formatted(score.urgency(), score.version()));
    score.vetoes().forEach(veto -> lines.add("veto: " + veto));
    return entry(
        lead,
        score.at(),
        score.vetoes().isEmpty() ? "" : "bad",
        "Scored " + score.points() + ", " + score.tier(),
        lines,
        "",
        false);
  }

  private static Entry research(Lead lead, Research research) {
    var lines = new ArrayList<String>();
    research
        .rules()
        .forEach(r -> lines.add(r.citation() + ": " + r.title() + " (" + r.why() + ")"));
    research.gaps().forEach(gap -> lines.add("gap: " + gap));
    var study = research.caseStudy();
    if (study != null) {
      lines.add(
          "case study: " + study.client() + ": " + study.outcome() + " (" + study.why() + ")");
    }
    return entry(lead, research.at(), "", "Researched", lines, "", false);
  }

  private static Entry draft(Lead lead, Draft draft) {
    return entry(
        lead,
        draft.at(),
        "",
        "Draft (" + lower(draft.purpose()) + "): " + draft.subject(),
        present(
            List.of(
                "written by " + draft.author(),
                draft.revises() == null ? "" : "in place of " + draft.revises(),
                draft.note() == null ? "" : "asked for: " + draft.note())),
        draft.body(),
        false);
  }

  private static Stream<Entry> approval(Lead lead, Approval approval) {
    var asked =
        entry(
            lead,
            approval.requestedAt(),
            "",
            "Approval asked",
            List.of("expires " + Times.of(lead, approval.expiresAt())),
            "",
            false);
    var decidedAt = approval.decidedAt();
    if (decidedAt == null) {
      return Stream.of(asked);
    }
    return Stream.of(
        asked,
        entry(
            lead,
            decidedAt,
            switch (approval.status()) {
              case APPROVED -> "good";
              case REJECTED, EXPIRED -> "bad";
              case PENDING, REVISE -> "warn";
            },
            "Decision: " + lower(approval.status()),
            List.of("by " + approval.decidedBy()),
            approval.note() == null ? "" : approval.note(),
            true));
  }

  private static Entry touch(Lead lead, Touch touch) {
    var at = touch.sentAt() == null ? touch.sendAt() : touch.sentAt();
    return entry(
        lead,
        at,
        switch (touch.status()) {
          case SENT, DELIVERED -> "good";
          case BOUNCED, COMPLAINED, STOPPED -> "bad";
          case UNKNOWN, SENDING -> "warn";
          case PLANNED -> "";
        },
        "Message " + touch.number() + ": " + status(touch.status()),
        present(
            List.of(
                "to " + touch.to(),
                touch.provider() == null
                    ? ""
                    : "through " + touch.provider() + " as " + touch.providerId(),
                touch.problem() == null ? "" : touch.problem())),
        "",
        false);
  }

  private static String status(Touch.Status status) {
    return status == Touch.Status.UNKNOWN
        ? "unknown (the provider did not answer; it counts as sent and is not repeated)"
        : lower(status);
  }

  private static Entry reply(Lead lead, Reply reply) {
    return entry(
        lead,
        reply.receivedAt(),
        reply.waitsForPerson(lead) ? "warn" : "",
        "Reply: " + (reply.intent() == null ? lower(reply.kind()) : lower(reply.intent())),
        present(
            List.of(
                reply.subject() == null ? "" : reply.subject(),
                reply.why() == null ? "" : "understood by " + reply.why(),
                reply.returnsOn() == null ? "" : "back on " + reply.returnsOn())),
        reply.text() == null ? "" : reply.text(),
        true);
  }

  private static Entry booking(Lead lead, Booking booking) {
    return entry(
        lead,
        booking.at(),
        "good",
        "Meeting booked for " + Times.of(lead, booking.start()),
        booking.crmId() == null
            ? List.of("not in the CRM yet")
            : List.of("in " + booking.crm() + " as " + booking.crmId()),
        "",
        false);
  }

  private static Entry entry(
      Lead lead,
      Instant at,
      String tone,
      String title,
      List<String> lines,
      String text,
      boolean open) {
    return new Entry(
        at, at.toString(), Times.of(lead, at), tone, title, List.copyOf(lines), text, open);
  }

  private static void add(List<Fact> facts, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(name, value));
    }
  }

  private static List<String> present(List<String> lines) {
    return lines.stream().filter(line -> !line.isBlank()).toList();
  }

  private static String joined(String separator, @Nullable String... parts) {
    return String.join(
        separator, Stream.of(parts).filter(part -> part != null && !part.isBlank()).toList());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String dollars(long microUsd) {
    return String.format(Locale.ROOT, "USD %.4f", microUsd / 1e6);
  }
}
