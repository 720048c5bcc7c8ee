package io.leadloom.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proposed message. It is immutable: a revision is a new draft.
 *
 * @param step which message of its purpose this is, from 1
 * @param body plain text, with sender identity and opt-out
 * @param author what wrote it: {@code template:<id>}, {@code model:<id>} or {@code person:<id>}
 * @param facts what the text relies upon, as {@code name=value}
 * @param replyId the reply it answers
 * @param revises the draft it takes the place of
 * @param note what the reviser asked for
 * @param contentHash of subject and body; an approval is bound to it
 */
public record Draft(
    DraftId id,
    LeadId lead,
    Purpose purpose,
    int step,
    String subject,
    String body,
    String author,
    List<String> facts,
    @Nullable ReplyId replyId,
    @Nullable DraftId revises,
    @Nullable String note,
    String contentHash,
    Instant at) {

  /** Keeps a copy. */
  public Draft {
    facts = List.copyOf(facts);
  }

  /** The hash an approval is bound to. */
  public static String hashOf(String subject, String body) {
    return Ids.hash(subject, body);
  }
}
