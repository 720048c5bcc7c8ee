package io.leadloom.packs;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a permit must be for a rule to apply. All given parts must hold; a part that is left out
 * asks for nothing. Lists hold words or phrases that occur as whole words ({@code sprinkler*}
 * stands for all words beginning so).
 *
 * @param typeAny one of these is in the permit type
 * @param typeNone none of these is in the permit type
 * @param textAny one of these is in the type, description, project name or work type; never the
 *     address or the applicant, where street and firm names mislead
 * @param textNone none of these is there
 * @param classAny one of these is in the type, building type, description or project name; for what
 *     kind of building it is, which cities say in different columns
 * @param workTypeAny one of these is in the work type
 * @param applicantAny one of these is in the applicant's name
 * @param minValuation at least this declared value in US dollars; an undeclared value does not hold
 * @param issuedWithinDays issued, or else submitted, at most this many days ago; an undated permit
 *     does not hold
 */
public record PermitCondition(
    List<String> typeAny,
    List<String> typeNone,
    List<String> textAny,
    List<String> textNone,
    List<String> classAny,
    List<String> workTypeAny,
    List<String> applicantAny,
    Optional<BigDecimal> minValuation,
    Optional<Integer> issuedWithinDays) {

  public PermitCondition {
    typeAny = List.copyOf(typeAny);
    typeNone = List.copyOf(typeNone);
    textAny = List.copyOf(textAny);
    textNone = List.copyOf(textNone);
    classAny = List.copyOf(classAny);
    workTypeAny = List.copyOf(workTypeAny);
    applicantAny = List.copyOf(applicantAny);
  }

  /** Whether nothing is asked for, so that every permit fits. */
  boolean isEmpty() {
    return this.equals(
        new PermitCondition(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  boolean holds(PermitFacts permit, LocalDate today) {
    Words type = Words.of(permit.type());
    Words text =
        Words.ofEach(permit.type(), permit.description(), permit.project(), permit.workType());
    Words buildingClass =
        Words.ofEach(permit.type(), permit.buildingType(), permit.description(), permit.project());
    return any(type, typeAny)
        && !type.containsAny(typeNone)
        && any(text, textAny)
        && !text.containsAny(textNone)
        && any(buildingClass, classAny)
        && any(Words.of(permit.workType()), workTypeAny)
        && any(Words.of(permit.applicant()), applicantAny)
        && minValuation
            .map(min -> permit.valuation().filter(value -> value.compareTo(min) >= 0).isPresent())
            .orElse(true)
        && issuedWithinDays.map(days -> isWithin(permit, days, today)).orElse(true);
  }

  private static boolean any(Words words, List<String> phrases) {
    return phrases.isEmpty() || words.containsAny(phrases);
  }

  private static boolean isWithin(PermitFacts permit, int days, LocalDate today) {
    return permit
        .issued()
        .or(permit::submitted)
        .filter(day -> ChronoUnit.DAYS.between(day, today) <= days)
        .isPresent();
  }
}
