package io.leadloom.sourcing;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A one-line US address, taken apart: "618 W Elmira St, City of San Antonio, TX 78212" is a street,
 * a city, a state and a ZIP code.
 *
 * @param street all of the text where it is not of that form
 */
record PlaceOfAddress(
    String street, @Nullable String city, @Nullable String state, @Nullable String zip) {

  private static final Pattern ONE_LINE =
      Pattern.compile(
          "(?<street>.+?)\\s*,\\s*(?:(?i:city|town|village) (?i:of) )?(?<city>[^,\\d]+?)\\s*,?"
              + "\\s+(?<state>[A-Z]{2})[\\s,]+(?<zip>\\d{5})(?:-\\d{4})?"
              + "(?:\\s*,\\s*(?:USA|US|United States))?");

  static PlaceOfAddress of(String address) {
    var matcher = ONE_LINE.matcher(address);
    return matcher.matches()
        ? new PlaceOfAddress(
            matcher.group("street"),
            matcher.group("city"),
            matcher.group("state"),
            matcher.group("zip"))
        : new PlaceOfAddress(address, null, null, null);
  }
}
