package io.leadloom.notifications;

import io.leadloom.model.EventType;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that tenants' systems are told of.
 *
 * @param data ids, codes and times: no names, addresses or texts. Who wants more asks the API.
 */
record Happening(EventType type, Instant at, Data data) {

  /** What it is about. */
  sealed interface Data {}

  /**
   * A lead.
   *
   * @param previousStage where the stage changed
   */
  record LeadData(
      String leadId,
      String campaignId,
      String stage,
      @Nullable String previousStage,
      @Nullable String reason,
      @Nullable Integer score,
      @Nullable String tier,
      @Nullable String source,
      @Nullable String owner)
      implements Data {}

  /**
   * A draft that somebody decides on.
   *
   * @param decidedBy a person's id, or {@code rule:} and a code
   */
  record ApprovalData(
      String approvalId,
      String leadId,
      String draftId,
      String status,
      Instant expiresAt,
      @Nullable String decidedBy)
      implements Data {}

  /**
   * A message.
   *
   * @param number which message to this contact it is, from 1
   */
  record MessageData(
      String messageId,
      String leadId,
      String draftId,
      String purpose,
      int number,
      String status,
      @Nullable String problem)
      implements Data {}

  /**
   * A reply.
   *
   * @param intent its class, once classified
   */
  record ReplyData(String replyId, String leadId, String kind, @Nullable String intent)
      implements Data {}

  /** A meeting. */
  record MeetingData(String bookingId, String leadId, Instant start, Instant end, String zone)
      implements Data {}

  /** A rule "do not contact", by the hash that the API's suppressions have. */
  record SuppressionData(String hash, String reason, String source) implements Data {}

  /** Nothing but a try. */
  record TestData(String endpointId) implements Data {}

  /** As the API writes constants. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
