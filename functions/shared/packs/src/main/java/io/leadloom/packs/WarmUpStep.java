package io.leadloom.packs;

/**
 * A young sending domain's limit.
 *
 * @param throughDay last day of the step, the domain's first being 1
 * @param perDay messages a day
 */
public record WarmUpStep(int throughDay, int perDay) {}
