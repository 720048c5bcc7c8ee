package io.leadloom.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message handed, or about to be handed, to a channel. Its id is the effect id of the send: it
 * is derived before the call, so that doing it again does it once.
 *
 * @param number which message to this contact it is, from 1
 * @param resource the sending domain
 * @param messageId RFC 5322 Message-ID we give it
 * @param inReplyTo Message-ID it answers
 * @param replyToken part of the reply address by which an answer finds its way back
 * @param providerId what the provider calls it
 */
@RecordBuilder
public record Touch(
    TouchId id,
    LeadId lead,
    DraftId draft,
    Purpose purpose,
    int number,
    String resource,
    String to,
    Status status,
    Instant sendAt,
    String messageId,
    @Nullable String inReplyTo,
    String replyToken,
    @Nullable String provider,
    @Nullable String providerId,
    @Nullable Instant sentAt,
    @Nullable String problem,
    long rev) {

  /** How it stands. */
  public enum Status {
    PLANNED,
    /** The provider is being called; whether it has it is not known yet. */
    SENDING,
    SENT,
    /** The provider may or may not have it and cannot be asked; counts as sent, never repeated. */
    UNKNOWN,
    DELIVERED,
    BOUNCED,
    COMPLAINED,
    /** It was not sent; {@link Touch#problem} says why. */
    STOPPED
  }

  /** The same touch in another state. */
  public Touch as(
      Status newStatus,
      @Nullable String byProvider,
      @Nullable String newProviderId,
      @Nullable Instant at,
      @Nullable String why) {
    return TouchBuilder.builder(this)
        .status(newStatus)
        .provider(byProvider)
        .providerId(newProviderId)
        .sentAt(at)
        .problem(why)
        .build();
  }

  /** The same touch at another moment. */
  public Touch postponed(Instant newSendAt) {
    return TouchBuilder.builder(this).sendAt(newSendAt).build();
  }

  /** Whether the recipient has, or may have, the message. */
  public boolean mayHaveArrived() {
    return switch (status) {
      case PLANNED, STOPPED -> false;
      case SENDING, SENT, UNKNOWN, DELIVERED, BOUNCED, COMPLAINED -> true;
    };
  }
}
