package io.leadloom.approvals;

import io.leadloom.rest.About;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drafts that wait for a decision. */
record ApprovalList(
    List<DraftDecision> approvals,
    @About("Cursor of what follows; absent at the end") @Nullable String next) {}
