package io.leadloom.packs;

/**
 * Whether a permit is a reason to talk, and why.
 *
 * @param reasonCode the deciding rule's code
 * @param urgencyHint how soon the firm will need the offer, 0 to 1; 0 where not relevant
 */
public record Relevance(boolean relevant, String reasonCode, double urgencyHint) {}
