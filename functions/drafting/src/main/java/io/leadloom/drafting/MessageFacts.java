package io.leadloom.drafting;

import io.leadloom.model.Permit;
import io.leadloom.model.Reply;
import io.leadloom.model.Signal;
import io.leadloom.model.Story;
import io.leadloom.model.Tenant;
import io.leadloom.packs.Pack;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a message may say, by the names that templates use. What is not known has no entry, so that
 * no template can leave a hole for it.
 */
record MessageFacts(Map<String, String> values) {

  /** The offered times again, for the one who books: ISO 8601, with blanks between. */
  private static final String OFFERED = "meeting.offered";

  MessageFacts {
    values = Map.copyOf(values);
  }

  /**
   * The facts of a lead.
   *
   * @param reply the one to answer
   * @param note what a person asks of a revision; what it says, they vouch for
   * @param thread the subject of the conversation that the message goes on with; it may name a
   *     permit that was the newest when it was written
   */
  static MessageFacts of(
      Story story,
      Tenant tenant,
      Pack pack,
      @Nullable Reply reply,
      @Nullable String note,
      @Nullable String thread,
      Instant now) {
    var facts = new Gathered();
    var lead = story.lead();
    facts.put("company.name", PlainText.calm(lead.company().name()));
    var contact = lead.contact();
    if (contact != null) {
      facts.put("contact.firstName", PlainText.calm(contact.firstName()));
    }
    newest(story.signals()).ifPresent(permit -> facts.put(permit));
    story.research().stream()
        .findFirst()
        .ifPresent(research -> {
          research.rules().stream()
              .findFirst()
              .ifPresent(rule -> {
                facts.put("rule.citation", rule.citation());
                facts.put("rule.summary", rule.summary());
              });
          var caseStudy = research.caseStudy();
          if (caseStudy != null) {
            facts.put("caseStudy.client", caseStudy.client());
            facts.put("caseStudy.outcome", caseStudy.outcome());
          }
        });
    facts.put("sender.name", tenant.sender().name());
    facts.put("sender.company", tenant.sender().company());
    facts.put("sender.postalAddress", tenant.sender().postalAddress());
    var zone = pack.sending().zoneOf(story.lead());
    facts.put("meeting.duration", Integer.toString(pack.meeting().durationMinutes()));
    var offered = MeetingTimes.offered(pack, now, zone);
    facts.put(
        "meeting.windows",
        offered.stream()
            .map(time -> MeetingTimes.words(time, zone))
            .collect(Collectors.joining(" or ")));
    facts.put(OFFERED, offered.stream().map(Instant::toString).collect(Collectors.joining(" ")));
    if (!story.bookings().isEmpty()) {
      var booking = story.bookings().getLast();
      facts.put("meeting.time", MeetingTimes.words(booking.start(), ZoneId.of(booking.zone())));
    }
    if (reply != null && reply.text() != null) {
      facts.put("reply.question", PlainText.question(reply.text()));
    }
    if (note != null) {
      facts.put("note", PlainText.line(note));
    }
    if (thread != null) {
      facts.put("thread.subject", thread);
    }
    return new MessageFacts(facts.values);
  }

  /** The value of a name. */
  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** As {@code name=value}, by name. */
  List<String> lines() {
    return new TreeMap<>(values)
        .entrySet().stream().map(fact -> fact.getKey() + "=" + fact.getValue()).toList();
  }

  /** Of several permits, the one issued last is the one to talk about. */
  private static Optional<Permit> newest(List<Signal> signals) {
    return signals.stream()
        .map(Signal::permit)
        .max(
            Comparator.comparing(MessageFacts::day)
                .thenComparing(Permit::number, Comparator.reverseOrder()));
  }

  private static LocalDate day(Permit permit) {
    return Optional.ofNullable(permit.issued())
        .or(() -> Optional.ofNullable(permit.submitted()))
        .orElse(LocalDate.MIN);
  }

  private static final class Gathered {

    private final Map<String, String> values = new TreeMap<>();

    void put(Permit permit) {
      put("permit.type", PlainText.calm(permit.type()));
      put("permit.number", PlainText.line(permit.number()));
      var address = permit.address();
      if (address != null) {
        // City, state and postcode say nothing new to the people who build there.
        put("permit.address", PlainText.calm(address.split(",", 2)[0]));
      }
    }

    void put(String name, String value) {
      if (!value.isBlank()) {
        values.put(name, value);
      }
    }
  }
}
