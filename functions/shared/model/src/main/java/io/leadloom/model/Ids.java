package io.leadloom.model;

import io.leadloom.model.fault.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** How ids look and how they are derived. */
public final class Ids {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,79}");

  private Ids() {}

  /**
   * Checks that {@code value} can be an id: 1 to 80 letters, digits, hyphens and underscores,
   * starting with a letter or digit. So no id can hold a separator of a key.
   *
   * @throws InvalidInputException where it cannot
   */
  public static void check(String kind, String value) {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidInputException(
          "id.malformed",
          kind + " must be 1 to 80 letters, digits, '-' or '_', but is '" + value + "'");
    }
  }

  /**
   * A stable id made of a prefix and 128 bits of the SHA-256 of the parts. The same parts give the
   * same id, so doing a thing again names the same thing again.
   */
  public static String derive(String prefix, String... parts) {
    return prefix + "-" + hash(parts).substring(0, 32);
  }

  /** The SHA-256 of the parts, in hexadecimal; parts cannot run into one another. */
  public static String hash(String... parts) {
    var digest = sha256();
    for (var part : parts) {
      var bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of the text's UTF-8 bytes, in hexadecimal. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
