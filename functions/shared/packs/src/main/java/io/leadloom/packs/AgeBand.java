package io.leadloom.packs;

/**
 * Points for something at most so old.
 *
 * @param upTo inclusive, in the unit the list's owner names
 */
public record AgeBand(int upTo, int points, String reasonCode) {}
