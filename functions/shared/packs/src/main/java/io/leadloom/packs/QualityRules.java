package io.leadloom.packs;

/**
 * What a permit is worth before any money is spent on it: the sum of these shares, 0 to 1.
 *
 * @param minToEnrich below this nothing is looked up
 * @param applicant for an applicant that names a firm
 * @param minApplicantLength in characters
 * @param minApplicantAlphanumeric share of the applicant's characters that are letters or digits, 0
 *     to 1
 * @param completeAddress for an address with a digit and a letter
 * @param minAddressLength in characters
 * @param relevantType for a permit that {@link RelevanceRules} finds relevant
 * @param fresh for a permit issued, or else submitted, within {@code freshDays}
 * @param freshDays in days
 * @param goodStatus for a status that stands good
 * @param progressStatus for a status in progress
 * @param geocodable for an address with a house number, a street and a city or ZIP code
 * @param capWithoutApplicant the most a permit can be worth that names no firm; below {@code
 *     minToEnrich}, since there is nobody to look up
 */
public record QualityRules(
    double minToEnrich,
    double applicant,
    int minApplicantLength,
    double minApplicantAlphanumeric,
    double completeAddress,
    int minAddressLength,
    double relevantType,
    double fresh,
    int freshDays,
    double goodStatus,
    double progressStatus,
    double geocodable,
    double capWithoutApplicant) {}
