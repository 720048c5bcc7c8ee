package io.leadloom.model;

import io.leadloom.model.text.MailOrigin;
import io.leadloom.model.text.OptOut;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that came back from a prospect, matched to a touch: a message, or what their mail
 * system or the provider reports.
 *
 * @param text without the quoted original
 * @param headers those that tell automatic from human mail, names in lower case
 * @param intent its class, once classified
 * @param why code of the rule, or id of the model, that classified it
 * @param returnsOn until when they are out of office
 * @param handledAt when the lead's execution took it up, or a person dealt with it
 */
@RecordBuilder
public record Reply(
    ReplyId id,
    LeadId lead,
    @Nullable TouchId touch,
    Kind kind,
    @Nullable String from,
    @Nullable String subject,
    @Nullable String text,
    @Nullable String messageId,
    Map<String, String> headers,
    Instant receivedAt,
    @Nullable Intent intent,
    @Nullable String why,
    @Nullable LocalDate returnsOn,
    @Nullable Instant handledAt,
    long rev) {

  /** Keeps a copy. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** How it reached us. */
  public enum Kind {
    MESSAGE,
    BOUNCE,
    COMPLAINT,
    /** One-click, link or list header. */
    UNSUBSCRIBE
  }

  /** What it means. */
  public enum Intent {
    MEETING_REQUEST,
    INTERESTED,
    QUESTION,
    OBJECTION,
    NOT_INTERESTED,
    UNSUBSCRIBE,
    BOUNCE,
    COMPLAINT,
    OUT_OF_OFFICE,
    AUTO_REPLY,
    /** No rule and no model is sure: a person looks. */
    UNCLEAR
  }

  /**
   * Whether only a person will answer it: it came when nothing of its lead was under way any more.
   * Machines' answers and opt-outs, which are obeyed as they arrive, wait for nobody.
   */
  public boolean waitsForPerson(Lead of) {
    var words = text == null ? "" : text;
    return of.ended()
        && handledAt == null
        && kind == Kind.MESSAGE
        && OptOut.in(words).isEmpty()
        && MailOrigin.of(headers, from, subject, words) == MailOrigin.PERSON;
  }

  /** The same reply, which a person has dealt with; the first time counts. */
  public Reply dealtWith(Instant now) {
    return ReplyBuilder.builder(this).handledAt(handledAt == null ? now : handledAt).build();
  }

  /** The same reply, understood. */
  public Reply classified(Intent newIntent, String reason, @Nullable LocalDate until, Instant now) {
    return ReplyBuilder.builder(this)
        .intent(newIntent)
        .why(reason)
        .returnsOn(until)
        .handledAt(now)
        .build();
  }
}
