package io.leadloom.approvals;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of several decisions, in their order. */
record DecisionResults(List<Result> results) {

  /** What came of one. */
  enum Kind {
    DECIDED,
    DECIDED_BEFORE,
    TOO_LATE,
    NOT_SENDABLE,
    NOT_FOUND
  }

  /** What came of the decision on one draft. */
  record Result(String approvalId, Kind outcome, @Nullable String detail) {}
}
