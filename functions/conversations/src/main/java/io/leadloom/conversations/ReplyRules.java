package io.leadloom.conversations;

import io.leadloom.model.Reply;
import io.leadloom.model.text.MailOrigin;
import io.leadloom.model.text.MailText;
import io.leadloom.model.text.OptOut;
import io.leadloom.model.text.Sentences;
import java.time.LocalDate;

/**
 * Understands a reply. What is certain comes first and needs no opinion: reports of providers and
 * mail systems, machines that answer, opt-outs. Only then is it asked what a person means. What no
 * rule is sure of is {@code UNCLEAR}, for a person to look at, and never silence.
 */
final class ReplyRules {

  private ReplyRules() {}

  /**
   * What the reply means.
   *
   * @param receivedOn the writer's calendar day, from which dates in the text are reckoned
   */
  static Verdict classify(Reply reply, LocalDate receivedOn) {
    return switch (reply.kind()) {
      case BOUNCE -> Verdict.of(Reply.Intent.BOUNCE, "bounce.reported");
      case COMPLAINT -> Verdict.of(Reply.Intent.COMPLAINT, "complaint.reported");
      case UNSUBSCRIBE -> Verdict.of(Reply.Intent.UNSUBSCRIBE, "opt-out.link");
      case MESSAGE -> message(reply, receivedOn);
    };
  }

  private static Verdict message(Reply reply, LocalDate receivedOn) {
    var text = reply.text() == null ? "" : reply.text();
    var subject = reply.subject() == null ? "" : reply.subject();
    return switch (MailOrigin.of(reply.headers(), reply.from(), subject, text)) {
      case DELIVERY_FAILED -> Verdict.of(Reply.Intent.BOUNCE, "bounce.delivery-report");
      case DELIVERY_DELAYED -> Verdict.of(Reply.Intent.AUTO_REPLY, "auto-reply.delivery-delayed");
      case AUTOMATIC -> automatic(subject, text, receivedOn);
      case PERSON -> person(text, receivedOn);
    };
  }

  private static Verdict automatic(String subject, String text, LocalDate receivedOn) {
    if (Absence.isAnnounced(subject + "\n" + text)) {
      return new Verdict(
          Reply.Intent.OUT_OF_OFFICE,
          "out-of-office.automatic",
          ReturnDates.in(text, receivedOn).orElse(null));
    }
    return Verdict.of(Reply.Intent.AUTO_REPLY, "auto-reply.machine");
  }

  private static Verdict person(String text, LocalDate receivedOn) {
    var optOut = OptOut.in(text);
    if (optOut.isPresent()) {
      return Verdict.of(Reply.Intent.UNSUBSCRIBE, optOut.get());
    }
    var own = MailText.withoutSignature(MailText.withoutQuote(text));
    var meaning = Meanings.of(Sentences.of(own));
    if (meaning.yieldsToAbsence() && Absence.isPersonal(own)) {
      var back = ReturnDates.in(own, receivedOn);
      if (back.isPresent()) {
        return new Verdict(Reply.Intent.OUT_OF_OFFICE, "out-of-office.in-person", back.get());
      }
    }
    return Verdict.of(meaning.intent(), meaning.why());
  }
}
