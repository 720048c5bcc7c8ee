package io.leadloom.packs;

/**
 * Points for an urgency of at least this much.
 *
 * @param atLeast 0 to 1
 */
public record UrgencyBand(double atLeast, int points, String reasonCode) {}
