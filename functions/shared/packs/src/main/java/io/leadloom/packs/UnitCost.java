package io.leadloom.packs;

/**
 * The price of one thing.
 *
 * @param id such as {@code apollo.credit}
 * @param unit what one unit is
 * @param microUsd price of one unit in millionths of a US dollar
 * @param basis where the figure comes from
 */
public record UnitCost(String id, String unit, long microUsd, String basis) {}
