package io.leadloom.packs;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What one row of a permit export says, by our field names. A field that is not in the map was
 * blank or had no column.
 *
 * @param values canonical text: dates as ISO dates, amounts as plain decimal numbers, everything
 *     else trimmed
 */
public record PermitFacts(Map<PermitField, String> values) {

  public PermitFacts {
    values = Map.copyOf(values);
  }

  /** The field's text, or an empty string. */
  public String text(PermitField field) {
    return values.getOrDefault(field, "");
  }

  public String number() {
    return text(PermitField.NUMBER);
  }

  public String type() {
    return text(PermitField.TYPE);
  }

  public String description() {
    return text(PermitField.DESCRIPTION);
  }

  public String project() {
    return text(PermitField.PROJECT);
  }

  public String address() {
    return text(PermitField.ADDRESS);
  }

  public String status() {
    return text(PermitField.STATUS);
  }

  public String applicant() {
    return text(PermitField.APPLICANT);
  }

  public String buildingType() {
    return text(PermitField.BUILDING_TYPE);
  }

  public String workType() {
    return text(PermitField.WORK_TYPE);
  }

  public Optional<LocalDate> submitted() {
    return date(PermitField.SUBMITTED);
  }

  public Optional<LocalDate> issued() {
    return date(PermitField.ISSUED);
  }

  /** The declared value of the work in US dollars. */
  public Optional<BigDecimal> valuation() {
    return amount(PermitField.VALUATION);
  }

  /** The area concerned in square feet. */
  public Optional<BigDecimal> area() {
    return amount(PermitField.AREA);
  }

  private Optional<LocalDate> date(PermitField field) {
    try {
      return Optional.of(text(field)).filter(text -> !text.isEmpty()).map(LocalDate::parse);
    } catch (DateTimeParseException notADate) {
      return Optional.empty();
    }
  }

  private Optional<BigDecimal> amount(PermitField field) {
    try {
      return Optional.of(text(field)).filter(text -> !text.isEmpty()).map(BigDecimal::new);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
