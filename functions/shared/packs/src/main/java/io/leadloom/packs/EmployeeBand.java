package io.leadloom.packs;

/**
 * A range of firm sizes.
 *
 * @param min least number of employees
 * @param max largest number, inclusive
 */
public record EmployeeBand(int min, int max, int points, String reasonCode) {}
