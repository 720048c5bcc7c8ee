package io.leadloom.packs;

/**
 * Points with the code of the reason they were given for.
 *
 * @param points may be 0
 * @param reasonCode such as {@code score.email-verified}
 */
public record Points(int points, String reasonCode) {}
