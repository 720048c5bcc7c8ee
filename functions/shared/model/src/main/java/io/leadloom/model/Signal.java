package io.leadloom.model;

import java.time.Instant;

/**
 * A dated, sourced hint that a company may need the offer.
 *
 * @param reason code of the relevance rule that saw a need in the permit
 * @param quality of the permit record, 0 to 1
 */
public record Signal(SignalId id, Permit permit, String reason, double quality, Instant at) {}
