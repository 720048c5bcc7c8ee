package io.leadloom.approvals;

import io.leadloom.rest.About;
import io.leadloom.rest.Length;
import io.leadloom.rest.Range;
import org.jspecify.annotations.Nullable;

/** Where and how far to read. */
record ApprovalQuery(
    @About("The 'next' of the answer before") @Nullable @Length(max = 500) String cursor,
    @About("The most approvals of an answer, 50 if absent") @Nullable @Range(min = 1, max = 100)
        Integer limit) {}
