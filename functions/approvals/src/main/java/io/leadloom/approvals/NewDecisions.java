package io.leadloom.approvals;

import io.leadloom.rest.Form;
import io.leadloom.rest.Length;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decisions on several drafts, as they stand. */
record NewDecisions(@Length(max = 100) List<DecisionOn> decisions) {

  /** A decision on one of them. */
  record DecisionOn(
      @Form(pattern = Form.ID) String approvalId,
      NewDecision.Choice decision,
      @Nullable @Length(max = 1_000) String note) {

    NewDecision asDecision() {
      return new NewDecision(decision, null, null, note);
    }
  }
}
