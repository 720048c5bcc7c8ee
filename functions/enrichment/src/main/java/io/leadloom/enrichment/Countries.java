package io.leadloom.enrichment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Countries by their English names. */
final class Countries {

  private static final Map<String, String> CODES =
      Arrays.stream(Locale.getISOCountries())
          .collect(
              Collectors.toMap(
                  code -> Locale.of("", code).getDisplayCountry(Locale.ENGLISH),
                  Function.identity(),
                  (first, other) -> first));

  private Countries() {}

  /** The ISO 3166 code of a country given by name or code, if there is one. */
  static @Nullable String code(@Nullable String country) {
    if (country == null || country.isBlank()) {
      return null;
    }
    var text = country.strip();
    return text.length() == 2 ? text.toUpperCase(Locale.ROOT) : CODES.get(text);
  }
}
