package io.leadloom.approvals;

import io.leadloom.model.Approval;
import io.leadloom.model.Draft;
import io.leadloom.model.Purpose;
import io.leadloom.rest.About;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A draft with its approval, as the API shows it. */
@About("A draft, and the decision on it.")
record DraftDecision(
    String id,
    String leadId,
    Approval.Status status,
    @About("Higher comes first; the lead's score") int priority,
    DraftView draft,
    Instant requestedAt,
    Instant expiresAt,
    @Nullable Instant decidedAt,
    @About("Who decided, or 'rule:' and a code") @Nullable String decidedBy,
    @Nullable String note) {

  static DraftDecision of(Approval approval, Draft draft) {
    return new DraftDecision(
        approval.id().value(),
        approval.lead().value(),
        approval.status(),
        approval.priority(),
        new DraftView(
            draft.id().value(),
            draft.purpose(),
            draft.step(),
            draft.subject(),
            draft.body(),
            draft.author(),
            draft.facts()),
        approval.requestedAt(),
        approval.expiresAt(),
        approval.decidedAt(),
        approval.decidedBy(),
        approval.note());
  }

  /** The text. */
  record DraftView(
      String id,
      Purpose purpose,
      @About("Which message of its purpose it is, from 1") int step,
      String subject,
      @About("Plain text, with sender identity and opt-out") String body,
      @About("What wrote it: 'template:', 'model:' or 'person:' and an id") String author,
      @About("What the text relies upon, as name=value") List<String> facts) {}
}
