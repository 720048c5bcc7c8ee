package io.leadloom.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** HTTP Basic authentication (RFC 7617). */
final class BasicAuth {

  private BasicAuth() {}

  /** Whether the header {@code Authorization} names this user and password. */
  static boolean verify(String authorization, String user, String password) {
    var space = authorization.indexOf(' ');
    if (space < 0 || !authorization.substring(0, space).equalsIgnoreCase("Basic")) {
      return false;
    }
    try {
      var given = Base64.getDecoder().decode(authorization.substring(space + 1).strip());
      var expected = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(given, expected);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
