package io.leadloom.sourcing;

import io.leadloom.model.Ids;
import io.leadloom.model.Permit;
import io.leadloom.model.PermitRow;
import io.leadloom.packs.PermitColumns;
import io.leadloom.packs.PermitFacts;
import io.leadloom.packs.PermitField;
import io.leadloom.packs.PermitMapping;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows of a source into permits by a pack's mapping. The same record read from a file, from
 * CKAN or from Socrata gives the same facts. Not for use by several threads.
 */
final class RowMapper {

  /** What sources write where they know nothing; compared with the whole field. */
  private static final Set<String> BLANKS =
      Set.of("n/a", "na", "null", "none", "nil", "nan", "-", "--", "---", ".", "?", "unknown");

  /** What a permit of which the source gives no type is called. */
  private static final String UNTYPED = "Permit";

  private static final int MAX_DIGITS = 18;
  private static final int MAX_TEXT = 2_000;

  private final String source;
  private final PermitMapping mapping;
  private final Map<List<String>, PermitColumns> columns = new HashMap<>();

  RowMapper(String source, PermitMapping mapping) {
    this.source = source;
    this.mapping = mapping;
  }

  /** Whether a row has a column for the permit's number, be it filled or not. */
  boolean hasNumber(SourceRow row) {
    return columns(row).has(PermitField.NUMBER);
  }

  /** The row as the pack understands it. */
  MappedRow map(SourceRow row) {
    var facts = facts(columns(row).facts(List.copyOf(row.fields().values())));
    var permit = permit(facts);
    var key = Ids.derive("permit", source, permit.number(), facts.type());
    return new MappedRow(row.line(), facts, permit, new PermitRow.Version(key, contentHash(facts)));
  }

  private PermitColumns columns(SourceRow row) {
    return columns.computeIfAbsent(List.copyOf(row.fields().keySet()), mapping::columns);
  }

  /** The facts without what only says that there is none, amounts in one form, texts storable. */
  private static PermitFacts facts(PermitFacts raw) {
    var values = new EnumMap<PermitField, String>(PermitField.class);
    raw.values()
        .forEach((field, text) -> {
          var clean =
              switch (field) {
                case VALUATION, AREA -> plain(text);
                default -> storable(text);
              };
          if (!clean.isEmpty() && !BLANKS.contains(clean.toLowerCase(Locale.ROOT))) {
            values.put(field, clean);
          }
        });
    return new PermitFacts(values);
  }

  /** An amount in one form; nothing where it has more digits than anything costs or covers. */
  private static String plain(String amount) {
    var number = new BigDecimal(amount).stripTrailingZeros();
    return number.precision() > MAX_DIGITS || Math.abs(number.scale()) > MAX_DIGITS
        ? ""
        : number.toPlainString();
  }

  /** A text that any store takes: not endless, and without halves of characters. */
  private static String storable(String text) {
    var cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String contentHash(PermitFacts facts) {
    var parts = new ArrayList<String>();
    new TreeMap<>(facts.values())
        .forEach((field, text) -> {
          parts.add(field.name());
          parts.add(text);
        });
    return Ids.hash(parts.toArray(String[]::new)).substring(0, 32);
  }

  private Permit permit(PermitFacts facts) {
    var place = PlaceOfAddress.of(facts.address());
    return new Permit(
        source,
        facts.number(),
        facts.type().isEmpty() ? UNTYPED : facts.type(),
        description(facts),
        orNull(facts.workType()),
        orNull(place.street()),
        first(facts.text(PermitField.CITY), place.city()),
        first(facts.text(PermitField.STATE), place.state()),
        first(facts.text(PermitField.ZIP), place.zip()),
        mapping.statuses().of(facts),
        facts.submitted().orElse(null),
        facts.issued().orElse(null),
        facts.valuation().orElse(null),
        facts.area().orElse(null),
        orNull(facts.applicant()),
        orNull(facts.buildingType()),
        orNull(facts.text(PermitField.PHONE)),
        orNull(facts.text(PermitField.EMAIL)),
        orNull(facts.text(PermitField.WEBSITE)));
  }

  private static @Nullable String description(PermitFacts facts) {
    var texts = new LinkedHashSet<String>();
    texts.add(facts.project());
    texts.add(facts.description());
    texts.remove("");
    return orNull(String.join("; ", texts));
  }

  private static @Nullable String first(String text, @Nullable String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
