package io.leadloom.rest;

import io.leadloom.model.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on, as a text that means nothing to callers. It holds a position only; the
 * tenant and all else come from the request, so a forged one reaches nothing it should not.
 */
public final class Cursor {

  /** How many characters of a cursor tell that it is one, and of which list. */
  private static final int SUM = 12;

  private Cursor() {}

  /**
   * The text for a position.
   *
   * @param list the list and its filters; the cursor is good for the same ones only
   */
  public static @Nullable String of(String list, @Nullable String position) {
    if (position == null) {
      return null;
    }
    var text = sum(list, position) + position;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The position in a text that {@link #of} gave for the same list; refused else. */
  public static @Nullable String position(String list, @Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.length() > SUM && text.substring(0, SUM).equals(sum(list, text.substring(SUM)))) {
        return text.substring(SUM);
      }
    } catch (IllegalArgumentException e) {
      // Refused as any other text that is no cursor.
    }
    throw new Refusal(
        400,
        "cursor.invalid",
        "This is not the cursor of an answer to the same query; leave it away to start anew");
  }

  private static String sum(String list, String position) {
    return Ids.hash("cursor", list, position).substring(0, SUM);
  }
}
