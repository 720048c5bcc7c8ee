package io.leadloom.sourcing;

import io.leadloom.model.Permit;
import io.leadloom.packs.Pack;
import io.leadloom.packs.PermitFacts;
import io.leadloom.packs.QualityRules;
import io.leadloom.packs.Statuses;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What a permit is worth before any money is spent on it: the sum of the shares of {@link
 * QualityRules}, 0 to 1 in thousandths. A status in the pack's list of bad ones earns nothing, and
 * without a firm's name the sum is capped below the bar.
 */
final class PermitQuality {

  private final QualityRules rules;
  private final Statuses statuses;
  private final Pack pack;

  PermitQuality(Pack pack) {
    this.pack = pack;
    this.rules = pack.quality();
    this.statuses = pack.permits().statuses();
  }

  double of(PermitFacts facts, Permit permit, boolean relevant, LocalDate today) {
    var named = namesFirm(facts.applicant());
    var sum =
        share(rules.applicant(), named)
            + share(rules.completeAddress(), isComplete(facts.address()))
            + share(rules.relevantType(), relevant)
            + share(rules.fresh(), isFresh(facts, today))
            + status(permit)
            + share(rules.geocodable(), isGeocodable(permit));
    var capped = named ? sum : Math.min(sum, rules.capWithoutApplicant());
    return Math.round(Math.min(capped, 1) * 1_000) / 1_000.0;
  }

  private static double share(double share, boolean earned) {
    return earned ? share : 0;
  }

  private boolean namesFirm(String applicant) {
    if (applicant.length() < rules.minApplicantLength()
        || pack.company().isPlaceholder(applicant)) {
      return false;
    }
    var telling = applicant.chars().filter(Character::isLetterOrDigit).count();
    return telling >= rules.minApplicantAlphanumeric() * applicant.length();
  }

  private boolean isComplete(String address) {
    return address.length() >= rules.minAddressLength()
        && address.chars().anyMatch(Character::isDigit)
        && address.chars().anyMatch(Character::isLetter);
  }

  private boolean isFresh(PermitFacts facts, LocalDate today) {
    return facts
        .issued()
        .or(facts::submitted)
        .filter(day -> ChronoUnit.DAYS.between(day, today) <= rules.freshDays())
        .isPresent();
  }

  private double status(Permit permit) {
    return switch (statuses.standing(Objects.requireNonNullElse(permit.status(), ""))) {
      case GOOD -> rules.goodStatus();
      case PROGRESS -> rules.progressStatus();
      case BAD, UNKNOWN -> 0;
    };
  }

  /** A house number, a street, and a city or ZIP code. */
  private static boolean isGeocodable(Permit permit) {
    var street = permit.address();
    return street != null
        && street.matches("\\d+\\S* .*\\p{L}.*")
        && (permit.city() != null || permit.zip() != null);
  }
}
