package io.leadloom.sourcing;

import io.leadloom.model.PermitRow.Fate;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param reason stable code
 * @param detail the same in words, where the code does not say all
 * @param leadId the lead it raised or joined
 * @param fresh whether this call, or its run, kept it for the first time
 */
record RowResult(
    long line,
    Fate fate,
    String reason,
    @Nullable String detail,
    @Nullable String leadId,
    boolean fresh) {}
