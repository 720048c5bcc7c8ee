package io.leadloom.packs;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the fields of a permit stand in one file: the column that won each field, and how a row
 * becomes {@link PermitFacts}.
 */
public final class PermitColumns {

  private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^\\p{L}\\p{Nd}]+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0]+");
  private static final Pattern POINT = Pattern.compile("[({\\[]|POINT\\b");
  private static final Pattern FIRM_WITH_ADDRESS =
      Pattern.compile(
          "^(?<firm>.*\\p{L}\\S*?),?\\s+(?:\\d+|P\\.?O\\.? Box)\\s.+,\\s*[A-Z]{2}\\s+\\d{5}\\b.*$");
  private static final Pattern AMOUNT = Pattern.compile("-?\\d+(?:\\.\\d+)?");
  private static final List<PermitField> STREET =
      List.of(
          PermitField.STREET_NUMBER,
          PermitField.STREET_DIRECTION,
          PermitField.STREET_NAME,
          PermitField.STREET_SUFFIX,
          PermitField.UNIT);

  private final Map<PermitField, List<Integer>> indexes;
  private final PermitDates dates;
  private final List<String> firmWords;

  private PermitColumns(Map<PermitField, List<Integer>> indexes, PermitMapping mapping) {
    this.indexes = indexes;
    this.dates = new PermitDates(mapping.dateFormats());
    this.firmWords = mapping.firmWords();
  }

  static PermitColumns match(PermitMapping mapping, List<String> names) {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.putIfAbsent(normalise(names.get(i)), i);
    }
    Map<PermitField, List<Integer>> indexes = new EnumMap<>(PermitField.class);
    mapping
        .headers()
        .forEach((field, aliases) -> {
          List<Integer> found = new ArrayList<>();
          for (String alias : aliases) {
            Integer index = byName.get(normalise(alias));
            if (index != null && !found.contains(index)) {
              found.add(index);
            }
          }
          if (!found.isEmpty()) {
            indexes.put(field, found);
          }
        });
    return new PermitColumns(indexes, mapping);
  }

  static String normalise(String header) {
    String words = header.replace("#", " number ").toLowerCase(Locale.ROOT);
    return NOT_ALPHANUMERIC.matcher(words).replaceAll("");
  }

  /** Whether the file has a column for the field. */
  public boolean has(PermitField field) {
    return indexes.containsKey(field);
  }

  /**
   * The facts of one row. Where several columns mean the same field the first filled one counts;
   * only building types are strung together, since class, occupancy and use each say a part. Dates
   * become ISO dates and amounts plain numbers; what cannot be read as such is left out. An address
   * is put together from its parts where the file has no whole one. A missing applicant is the
   * owner where that is a firm.
   *
   * @param row the cells in the order of the names; a short row reads as blank at its end
   */
  public PermitFacts facts(List<String> row) {
    Map<PermitField, String> values = new EnumMap<>(PermitField.class);
    for (PermitField field : indexes.keySet()) {
      List<String> cells = cells(row, field);
      String value =
          field == PermitField.BUILDING_TYPE
              ? String.join(", ", cells)
              : canonical(field, cells.isEmpty() ? "" : cells.getFirst());
      if (!value.isEmpty()) {
        values.put(field, value);
      }
    }
    if (!values.containsKey(PermitField.ADDRESS)) {
      String street =
          String.join(
              " ",
              STREET.stream()
                  .map(field -> values.getOrDefault(field, ""))
                  .filter(part -> !part.isEmpty())
                  .toList());
      if (!street.isEmpty()) {
        values.put(PermitField.ADDRESS, street);
      }
    }
    String owner = values.getOrDefault(PermitField.OWNER, "");
    if (!values.containsKey(PermitField.APPLICANT) && Words.of(owner).containsAny(firmWords)) {
      values.put(PermitField.APPLICANT, owner);
    }
    return new PermitFacts(values);
  }

  /** The different filled cells that mean the field, most telling first. */
  private List<String> cells(List<String> row, PermitField field) {
    List<String> filled = new ArrayList<>();
    for (int index : indexes.getOrDefault(field, List.of())) {
      String value =
          index < row.size() ? SPACES.matcher(row.get(index)).replaceAll(" ").strip() : "";
      if (!value.isEmpty() && !filled.contains(value)) {
        filled.add(value);
      }
    }
    return filled;
  }

  private String canonical(PermitField field, String value) {
    return switch (field) {
      case SUBMITTED, ISSUED -> dates.parse(value).map(Object::toString).orElse("");
      case VALUATION, AREA -> amount(value);
      // A column named "location" may hold a point instead of an address.
      // Some cities write the firm's address and telephone number behind its name.
      case APPLICANT -> FIRM_WITH_ADDRESS.matcher(value).replaceFirst("${firm}");
      case ADDRESS -> POINT.matcher(value).lookingAt() ? "" : value;
      default -> value;
    };
  }

  private static String amount(String value) {
    String digits = value.replaceAll("[$,\\s]", "");
    return AMOUNT.matcher(digits).matches() ? digits : "";
  }
}
