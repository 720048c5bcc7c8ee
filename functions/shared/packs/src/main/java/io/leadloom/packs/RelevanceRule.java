package io.leadloom.packs;

import java.util.Optional;

/**
 * One line of {@link RelevanceRules}.
 *
 * @param id unique in the pack
 * @param when all that must hold
 * @param relevant whether such a permit is a reason to talk
 * @param reasonCode why, for people and reports, such as {@code permit.fire-alarm}
 * @param urgency how soon the firm will need the offer, 0 to 1; only where relevant
 */
public record RelevanceRule(
    String id,
    PermitCondition when,
    boolean relevant,
    String reasonCode,
    Optional<Double> urgency) {}
