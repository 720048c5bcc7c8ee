package io.leadloom.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of <a href="https://www.standardwebhooks.com/">Standard Webhooks</a> 1.0.0 with a
 * symmetric secret, which Svix uses as well.
 */
final class StandardWebhooks {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final String SECRET = "whsec_";
  private static final String VERSION = "v1,";

  private StandardWebhooks() {}

  /**
   * Whether one of the secrets signed these bytes, within five minutes of now.
   *
   * @param secrets {@code whsec_} and the key in base64; several while a secret is exchanged
   * @param signatures separated by blanks; those of other versions are skipped
   * @throws IllegalArgumentException where a secret is not one
   */
  static boolean verify(
      List<String> secrets,
      String id,
      String timestamp,
      String signatures,
      byte[] body,
      Instant now) {
    if (id.isEmpty() || !SECONDS.matcher(timestamp).matches()) {
      return false;
    }
    var signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0) {
      return false;
    }
    var given = List.of(signatures.split(" ")).stream().filter(s -> s.startsWith(VERSION)).toList();
    var matches = false;
    for (var secret : secrets) {
      var expected = VERSION + Base64.getEncoder().encodeToString(mac(secret, id, timestamp, body));
      for (var signature : given) {
        matches |= MessageDigest.isEqual(ascii(expected), ascii(signature));
      }
    }
    return matches;
  }

  private static byte[] mac(String secret, String id, String timestamp, byte[] body) {
    if (!secret.startsWith(SECRET)) {
      throw new IllegalArgumentException("A webhook secret starts with " + SECRET);
    }
    var key = Base64.getDecoder().decode(secret.substring(SECRET.length()));
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(ascii(id + "." + timestamp + "."));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
