package io.leadloom.packs;

import io.leadloom.model.Permit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** The facts of a permit that is already known; the project name was part of its description. */
  public static PermitFacts of(Permit permit) {
    Map<PermitField, String> values = new EnumMap<>(PermitField.class);
    put(values, PermitField.NUMBER, permit.number());
    put(values, PermitField.TYPE, permit.type());
    put(values, PermitField.DESCRIPTION, permit.description());
    put(values, PermitField.WORK_TYPE, permit.workType());
    put(values, PermitField.ADDRESS, permit.address());
    put(values, PermitField.CITY, permit.city());
    put(values, PermitField.STATE, permit.state());
    put(values, PermitField.ZIP, permit.zip());
    put(values, PermitField.STATUS, permit.status());
    put(values, PermitField.SUBMITTED, permit.submitted());
    put(values, PermitField.ISSUED, permit.issued());
    put(values, PermitField.VALUATION, permit.valuation());
    put(values, PermitField.AREA, permit.area());
    put(values, PermitField.APPLICANT, permit.applicant());
    put(values, PermitField.BUILDING_TYPE, permit.buildingType());
    put(values, PermitField.PHONE, permit.phone());
    put(values, PermitField.EMAIL, permit.email());
    put(values, PermitField.WEBSITE, permit.website());
    return new PermitFacts(values);
  }

  private static void put(
      Map<PermitField, String> values, PermitField field, @Nullable Object value) {
    if (value != null && !value.toString().isBlank()) {
      values.put(field, value.toString());
    }
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
