package io.leadloom.packs;

/**
 * How reachable a contact is.
 *
 * @param max cap of the component
 * @param emailVerified instead of {@code emailUnverified}
 * @param phoneVerified instead of {@code phoneUnverified}
 * @param linkedIn a profile is known
 * @param personalEmail the address is the person's own, not a role such as info@
 */
public record DataQualityRules(
    int max,
    Points emailVerified,
    Points emailUnverified,
    Points phoneVerified,
    Points phoneUnverified,
    Points linkedIn,
    Points personalEmail) {}
