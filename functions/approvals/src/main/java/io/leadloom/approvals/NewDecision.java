package io.leadloom.approvals;

import io.leadloom.rest.About;
import io.leadloom.rest.Length;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A person's decision on a draft. */
record NewDecision(
    Choice decision,
    @About("To send another subject than the draft's") @Nullable @Length(max = 200) String subject,
    @About("To send another text than the draft's") @Nullable @Length(max = 10_000) String body,
    @About("What should be different, or why not") @Nullable @Length(max = 1_000) String note) {

  /** The same on a draft with this text. */
  DecideApproval.Decision on(String draftSubject, String draftBody) {
    var why = Objects.requireNonNullElse(note, "").strip();
    return switch (decision) {
      case APPROVE ->
          new DecideApproval.Decision.Approve(
              subject == null ? draftSubject : subject.strip(),
              body == null ? draftBody : body.replace("\r\n", "\n"));
      case REVISE ->
          new DecideApproval.Decision.Revise(why.isEmpty() ? "Please write it anew" : why);
      case REJECT -> new DecideApproval.Decision.Reject(why);
    };
  }

  /** What one can decide. */
  enum Choice {
    APPROVE,
    REVISE,
    REJECT
  }
}
